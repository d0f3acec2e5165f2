import { codeKey } from '@/lib/domain/codes/code'
import { gtin14 } from '@/lib/domain/codes/gtin'
import { type Cell, meaning, meaningless, plainDigits, visible } from './cell'
import { isRounded } from './code'
import { type DecimalMark, readFigures } from './decimal'

const MAX_MINOR = 2_147_483_647

/** How prices of a file are written: their currency (ISO 4217) and the mark before the fraction. */
export interface PriceStyle {
  currency: string
  mark: DecimalMark
}

/** A price in minor units of the currency, from 9.99, 9,99, 1.299,00, €9.99. A price that may be two is refused. */
export function readPrice(text: string, { currency, mark }: PriceStyle): Cell<number> {
  const digits = minorDigits(currency)
  const number = withoutCurrency(visible(plainDigits(text)), currency)
  const figures = readFigures(number, digits === 3 && mark === null && !number.includes(',') ? '.' : mark)
  if (!figures) return meaningless(priceProblem(text))
  let { whole, fraction } = figures
  if (figures.ambiguous && digits > 0) {
    return meaningless(`is ${whole}${fraction} or ${whole}.${fraction}: write it with ${digits} decimals`)
  }
  if (figures.ambiguous) [whole, fraction] = [whole + fraction, '']
  const kept = fraction.slice(0, digits)
  if (/[1-9]/.test(fraction.slice(digits))) {
    return meaningless(`has ${fraction.length} decimals, ${currency} has ${digits}: round it`)
  }
  const minor = Number(whole + kept.padEnd(digits, '0'))
  if (minor > MAX_MINOR)
    return meaningless('is more than a price can be: a code, perhaps, in the wrong column')
  const isPlain = /^\d+(\.\d+)?$/.test(text) && fraction.length <= digits && text.startsWith(whole)
  if (isPlain) return meaning(minor)
  const became = kept === '' ? whole : `${whole}.${kept}`
  return { ok: true, data: minor, fixed: ['price_rewritten'], became }
}

/** A price that a person typed into a field: no other price tells its decimal mark. */
export function readTypedPrice(text: string, currency: string): Cell<number> {
  return readPrice(text, { currency, mark: null })
}

/** Whether the text of a price is a code that was scanned or pasted into its cell: a GTIN, or one of its variant's codes. */
export function isCodeAsPrice(text: string, codes: readonly string[]): boolean {
  if (!/^\d{4,}$/.test(text)) return false
  return (text.length === 8 && gtin14(text) !== null) || codes.some((code) => codeKey(code) === codeKey(text))
}

/** A former price: none where it is below zero, as some systems write it. */
export function readFormerPrice(text: string, style: PriceStyle): Cell<number> {
  if (/^-[\d.,]+$/.test(text)) return meaning(0, 'compare_at_dropped')
  return readPrice(text, style)
}

function priceProblem(text: string): string {
  if (text === '') return 'is missing: every variant needs a price, like 9.99'
  if (text.startsWith('-')) return 'is below zero: write the price a shopper pays'
  if (isRounded(text))
    return 'is a number that a spreadsheet has rounded, perhaps a code: write the price, like 9.99'
  return 'is not a price: write the number alone, like 9.99'
}

/** How many digits a currency has after the point: 2 for EUR, none for JPY, 3 for KWD. */
function minorDigits(currency: string): number {
  return formatOf(currency).digits
}

/** A price without the code or the sign of the shop's own currency; another one stays, and is no number. */
function withoutCurrency(text: string, currency: string): string {
  if (/^[\d.,]+$/.test(text)) return text
  const sign = formatOf(currency).signs.find((one) => text.startsWith(one) || text.endsWith(one))
  if (!sign) return text
  return (text.startsWith(sign) ? text.slice(sign.length) : text.slice(0, -sign.length)).trim()
}

const formats = new Map<string, { digits: number; signs: string[] }>()

/** Kept: making one takes longer than reading a price. */
function formatOf(currency: string): { digits: number; signs: string[] } {
  const known = formats.get(currency)
  if (known) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const sign = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
  const made = { digits: format.resolvedOptions().maximumFractionDigits ?? 2, signs: [currency, sign] }
  formats.set(currency, made)
  return made
}
