import { formatMoney } from '@/lib/domain/core/money'
import { percent } from '@/lib/domain/text/percent'
import type { ImportChange } from './preview'
import { shorten } from './problem'

/** One field that changes, in words: `price`, `€9.99`, `€10.99`. before is null where there was nothing. */
export interface FieldChange {
  field: string
  before: string | null
  after: string
}

type Values = ImportChange['after']

const names: Partial<Record<string, string>> = {
  description_html: 'description',
  option_names: 'options',
  media: 'pictures',
  sku: 'SKU',
  option_values: 'options',
  price_minor: 'price',
  compare_at_minor: 'former price',
  on_hand: 'on hand',
  active: 'on sale',
  tax_rate_bp: 'tax',
  kept: 'kept columns',
}

/** A field's name for people. */
export function fieldName(field: string): string {
  return names[field] ?? field
}

/** Changed fields of a known product or variant; for a new variant its price and initial units. */
export function fieldChanges({ subject, before, after }: ImportChange): FieldChange[] {
  if (!before) {
    const fields = subject === 'variant' ? ['price_minor', 'on_hand'] : []
    return fields.map((field) => ({ field: fieldName(field), before: null, after: valueText(field, after) }))
  }
  return Object.keys(after)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({
      field: fieldName(field) + (subject === 'level' ? ` at ${after.location}` : ''),
      before: valueText(field, before),
      after: valueText(field, after) + difference(field, before, after),
    }))
}

/** The subject of a change: a variant's SKU, or a product's title. */
export function changeTitle({ subject, sku, handle, after }: ImportChange): string {
  return subject === 'product' ? String(after.title) : (sku ?? handle)
}

/** A field's value for people. `values` are those around it: a price needs its currency. */
export function valueText(field: string, values: Values): string {
  const value = values[field]
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if ((field === 'price_minor' || field === 'compare_at_minor') && typeof value === 'number') {
    return formatMoney({ minor: value, currency: String(values.currency) })
  }
  if (field === 'media' && Array.isArray(value))
    return value.length === 1 ? '1 picture' : `${value.length} pictures`
  if (Array.isArray(value)) return value.length === 0 ? 'none' : shorten(value.join(', '))
  if (field === 'tax_rate_bp') return percent(Number(value))
  if (typeof value === 'object') return columnsText(Object.keys(value))
  return shorten(String(value))
}

function columnsText(headings: readonly string[]): string {
  return headings.length === 0 ? 'none' : shorten(headings.join(', '))
}

function difference(field: string, before: Values, after: Values): string {
  if (field !== 'on_hand') return ''
  return ` (${unitsText(Number(after.on_hand) - Number(before.on_hand))})`
}

/** Units that come or go: `+3`, `−2`, `0`. */
export function unitsText(units: number): string {
  if (units === 0) return '0'
  return `${units > 0 ? '+' : '−'}${Math.abs(units)}`
}
