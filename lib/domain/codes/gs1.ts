import { withoutInvisible } from './code'
import { gtin14 } from './gtin'

/** Data in a GS1 code beside the product. Dates are ISO (YYYY-MM-DD), the weight is in grams. */
export interface Gs1 {
  gtin: string
  lot?: string
  serial?: string
  bestBefore?: string
  expiry?: string
  grams?: number
  /** Units in the box, of a logistic unit (AI 37). */
  count?: number
}

// Application identifiers of a fixed length need no separator after them. Source: GS1 General Specifications, figure
// 7.8.5-2. The first two digits decide; the number counts the identifier too.
const FIXED_LENGTHS = new Map(
  Object.entries({
    20: '00',
    16: '01 02 03 41',
    18: '04',
    8: '11 12 13 14 15 16 17 18 19',
    4: '20',
    10: '31 32 33 34 35 36',
  }).flatMap(([length, identifiers]) =>
    identifiers.split(' ').map((each) => [each, Number(length)] as const),
  ),
)
// Identifiers of a variable length that are not two digits long, by their first two digits.
const LONG_IDENTIFIERS = /^(?:2[34]|25|39|4[0-3]|7[0-2]|8[0-2])/

const SEPARATOR = '\u001d'
/** How scanners and drivers write the separator where a keyboard has no key for it. */
const STAND_INS = /\u241d|\^\]|\{GS\}|<GS>|\[GS\]|\\x1d|\\u001d/gi

/**
 * Reads what follows a GS1 symbology identifier: element strings with FNC1 as a separator, or with the identifiers in
 * brackets as a person reads them. Null when no product (AI 01 or 02) is in it or a check digit is wrong.
 */
export function readGs1(text: string): Gs1 | null {
  const elements = /^\(\d{2,4}\)/.test(text) ? bracketed(text) : elementStrings(text)
  const gtin = gtin14(elements.get('01') ?? elements.get('02') ?? '')
  if (gtin === null) return null
  const weight = [...elements].find(([identifier]) => /^310[0-5]$/.test(identifier))
  return {
    gtin,
    ...present('lot', elements.get('10')),
    ...present('serial', elements.get('21')),
    ...present('bestBefore', isoDate(elements.get('15'))),
    ...present('expiry', isoDate(elements.get('17'))),
    ...present('grams', weight && grams(weight[0], weight[1])),
    ...present('count', wholeNumber(elements.get('37'))),
  }
}

/** Reads a GS1 Digital Link, the web address in a QR code: https://example.com/01/GTIN/10/LOT?17=YYMMDD. */
export function readDigitalLink(text: string): Gs1 | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const { pathname, searchParams } = new URL(text)
  const [, path] = pathname.match(/\/((?:01|gtin)\/\d{8,14}(?:\/[^/]+)*)\/?$/) ?? []
  if (path === undefined) return null
  const parts = path.split('/')
  const pairs = parts.flatMap((part, index) =>
    index % 2 === 0 ? [`(${part === 'gtin' ? '01' : part})${decoded(parts[index + 1] ?? '')}`] : [],
  )
  const queried = [...searchParams].filter(([name]) => /^\d{2,4}$/.test(name))
  const padded = pairs.map((pair) =>
    pair.replace(/^\(01\)(\d{8,13})$/, (_, digits) => `(01)${digits.padStart(14, '0')}`),
  )
  return readGs1([...padded, ...queried.map(([name, value]) => `(${name})${value}`)].join(''))
}

/** Lot, serial number and dates of a GS1 code as a note of its units: "Lot A7, use by 2027-03-31"; empty without any. */
export function goodsNote(gs1: Gs1 | null): string {
  const { lot, serial, bestBefore, expiry } = gs1 ?? {}
  const parts = [
    lot && `Lot ${lot}`,
    serial && `serial ${serial}`,
    bestBefore && `best before ${bestBefore}`,
    expiry && `use by ${expiry}`,
  ]
  return withoutInvisible(parts.filter(Boolean).join(', ')).slice(0, 200)
}

function bracketed(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/\((\d{2,4})\)([^(]*)/g)].map(([, name = '', value = '']) => [name, value.trim()]),
  )
}

function elementStrings(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let rest = text.replaceAll(STAND_INS, SEPARATOR)
  while (rest !== '') {
    if (rest.startsWith(SEPARATOR)) {
      rest = rest.slice(1)
      continue
    }
    const fixed = FIXED_LENGTHS.get(rest.slice(0, 2))
    const end = fixed ?? (rest.includes(SEPARATOR) ? rest.indexOf(SEPARATOR) : rest.length)
    const element = rest.slice(0, end)
    const length = identifierLength(element)
    if (element.length > length) found.set(element.slice(0, length), element.slice(length))
    rest = rest.slice(Math.max(end, 1))
  }
  return found
}

function identifierLength(element: string): number {
  if (/^3[1-6]/.test(element)) return 4
  if (/^41/.test(element)) return 3
  if (/^(?:39|7[0-2]|8[0-2])/.test(element)) return 4
  return LONG_IDENTIFIERS.test(element) ? 3 : 2
}

/** YYMMDD of GS1: the century is the one that brings the year within 49 years back and 50 ahead; day 00 is the last. */
function isoDate(digits: string | undefined): string | undefined {
  const [, year, month, day] = digits?.match(/^(\d\d)(\d\d)(\d\d)$/) ?? []
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return undefined
  const now = new Date().getUTCFullYear()
  const near = Math.floor(now / 100) * 100 + Number(year)
  const full = near - now > 50 ? near - 100 : now - near > 49 ? near + 100 : near
  const last = new Date(Date.UTC(full, Number(month), 0)).getUTCDate()
  const date = Number(day) === 0 ? last : Number(day)
  return date > last ? undefined : `${full}-${month}-${String(date).padStart(2, '0')}`
}

/** AI 310n: six digits of kilograms with n decimals. */
function grams(identifier: string, digits: string): number | undefined {
  const kilograms = /^\d{6}$/.test(digits) ? Number(digits) / 10 ** Number(identifier.at(3)) : undefined
  return kilograms === undefined ? undefined : Math.round(kilograms * 1000)
}

function wholeNumber(digits: string | undefined): number | undefined {
  return digits !== undefined && /^\d{1,8}$/.test(digits) ? Number(digits) : undefined
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: Value })
}
