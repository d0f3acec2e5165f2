import { fieldName, unitsText, valueText } from './change-text'
import type { KeptField } from './preview'

/** Why a revert leaves a field as it is, as a sentence. Prices are of `currency` (ISO 4217). */
export function keptReason({ why, field, wanted, found }: KeptField, currency: string): string {
  if (why === 'unavailable_since') {
    return `${unitsText(Number(found))} of ${unitsText(Number(wanted))}: the others are gone, or held, ordered or kept as safety stock.`
  }
  const text = (value: KeptField['found']) => valueText(field, { [field]: value, currency })
  if (field === 'active' && why === 'taken_since') {
    return 'Its product has other choices by now, which it does not fit; it stays off sale.'
  }
  if (why === 'taken_since') {
    return `${text(wanted)} belongs to something else by now; it stays ${text(found)}.`
  }
  return `Changed to ${text(found)} since the import; it was ${text(wanted)} before.`
}

/** Fields that a revert keeps, as lines of text for a terminal. */
export function keptText(kept: readonly KeptField[], currency: string): string[] {
  return kept.map(
    (one) => `  = ${one.sku ?? one.handle}, ${fieldName(one.field)}: ${keptReason(one, currency)}`,
  )
}
