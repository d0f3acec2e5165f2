import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { toSlug } from '@/lib/domain/imports/slug'
import type { StagedProduct } from '@/lib/domain/imports/staged-product'

/** The value of a cell, or why it has none. Cells come trimmed. */
type Cell<Value> = Result<Value, string>

const MAX_MINOR = 2_147_483_647
const MAX_QUANTITY = 1_000_000

/** A price like 50 or 9.99 in minor units of the currency. Strict: a guess about a comma may be a hundredfold. */
export function readPrice(text: string, currency: string): Cell<number> {
  const digits = minorDigits(currency)
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return refused(priceProblem(text))
  if (fraction.length > digits) return refused(`has ${fraction.length} decimals, ${currency} has ${digits}`)
  const minor = Number(whole + fraction.padEnd(digits, '0'))
  return minor > MAX_MINOR ? refused('is more than a price can be') : accepted(minor)
}

function priceProblem(text: string): string {
  if (text === '') return 'is missing: every variant needs a price, like 9.99'
  if (text.startsWith('-')) return 'is below zero'
  if (/^\d+,\d+$/.test(text)) return 'has a comma: write it with a point, like 9.99'
  return 'is not a price: write the number alone, like 9.99'
}

/** How many digits a currency has after the point: 2 for EUR, none for JPY. */
function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** Whole units, 0 to a million. */
export function readQuantity(text: string): Cell<number> {
  if (/^-\d+$/.test(text)) return refused('is below zero: a shop cannot owe stock, write 0')
  if (/^\d+[.,]\d+$/.test(text)) return refused('is not a whole number of units')
  if (!/^\d+$/.test(text)) return refused('is not a number of units')
  return Number(text) > MAX_QUANTITY ? refused(`is more than ${MAX_QUANTITY}`) : accepted(Number(text))
}

const booleans = new Map([
  ['true', true],
  ['false', false],
])

/** true or false in any case; null when blank. */
export function readBoolean(text: string): Cell<boolean | null> {
  if (text === '') return accepted(null)
  const value = booleans.get(text.toLowerCase())
  return value === undefined ? refused('is neither true nor false') : accepted(value)
}

const policies = new Map([...booleans, ['deny', false], ['continue', true]])

/** Whether the shop it came from sells on when none is left. false when blank. */
export function readPolicy(text: string): Cell<boolean> {
  const value = text === '' ? false : policies.get(text.toLowerCase())
  return value === undefined ? refused('is neither deny nor continue') : accepted(value)
}

/** The last part of a product's address: a-z, 0-9 and single hyphens. */
export function readHandle(text: string): Cell<string> {
  if (text.length > 255) return refused('is longer than 255 characters')
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return accepted(text)
  const slug = toSlug(text)
  return refused(`may only have a-z, 0-9 and single hyphens${slug ? `: write ${slug}` : ''}`)
}

/** An address of a picture: http, https or a path of the shop's own. */
export function readPicture(text: string): Cell<string> {
  if (text.length > 2048) return refused('is longer than 2048 characters')
  if (/^\/[^/\s]\S*$/.test(text)) return accepted(text)
  const isWeb = /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
  return isWeb ? accepted(text) : refused('is not an address that begins with https:// or http://')
}

/** A place among the pictures, from 1; null when blank. */
export function readPosition(text: string): Cell<number | null> {
  if (text === '') return accepted(null)
  return /^[1-9]\d{0,5}$/.test(text) ? accepted(Number(text)) : refused('is not a position: write 1, 2, 3 …')
}

/** A barcode as printed; null when blank. */
export function readBarcode(text: string): Cell<string> {
  if (/^\d(\.\d+)?E\+\d+$/i.test(text)) {
    return refused('was rounded by a spreadsheet: format the column as text and enter the digits again')
  }
  return text.length > 120 ? refused('is longer than 120 characters') : accepted(text)
}

const statuses = new Map<string, NonNullable<StagedProduct['status']>>([
  ['active', 'active'],
  ['draft', 'draft'],
  ['archived', 'archived'],
  // Unlisted products are reachable by their address but in no list: the shop has no such status.
  ['unlisted', 'draft'],
])

/** A status of Shopify's; null when blank. */
export function readStatus(text: string): Cell<StagedProduct['status']> {
  if (text === '') return accepted(null)
  const status = statuses.get(text.toLowerCase())
  return status ? accepted(status) : refused('is none of active, draft and archived')
}
