import { shopFormat } from './shop-format'

/** An amount in minor units (cents) of an ISO 4217 currency. Prices are never floating-point numbers. */
export interface Money {
  minor: number
  currency: string
}

/** How a price is written for people, e.g. "€48.00". Digits follow the currency: yen has none. */
export function formatMoney({ minor, currency }: Money, locale = shopFormat().locale): string {
  const format = formatIn(locale, currency)
  return format.format(toDecimal(minor, fractionDigits(format)))
}

/** The amount as machines expect it ("48.00"): for structured data and exports. */
export function moneyAsDecimal({ minor, currency }: Money): string {
  return toDecimal(minor, fractionDigits(formatIn('en', currency)))
}

/** Kept: making one takes longer than all the rest of a price, and a page has dozens. */
const formats = new Map<string, Intl.NumberFormat>()

function formatIn(locale: string, currency: string): Intl.NumberFormat {
  const kept = formats.get(`${locale} ${currency}`)
  if (kept) return kept
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  formats.set(`${locale} ${currency}`, format)
  return format
}

function fractionDigits(format: Intl.NumberFormat): number {
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** Shifts the decimal point in the text, so no amount is ever rounded by a division. */
function toDecimal(minor: number, digits: number): `${number}` {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Money is whole minor units, not ${minor}.`)
  const sign = minor < 0 ? '-' : ''
  const figures = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const fraction = digits > 0 ? `.${figures.slice(-digits)}` : ''
  return `${sign}${whole}${fraction}` as `${number}`
}
