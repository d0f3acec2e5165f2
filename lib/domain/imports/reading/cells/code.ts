import { gtin14 } from '@/lib/domain/codes/gtin'
import { readScan } from '@/lib/domain/codes/scan'
import type { FixKind } from '@/lib/domain/imports/finding'
import { type Cell, meaning, meaningless, plainDigits, visible } from './cell'

const MAX_CODE = 120

/** A SKU as its owner writes it; '' when blank, or too long to be one. */
export function readSku(text: string): Cell<string> {
  const { code, fixed } = cleanCode(text)
  if (code.length > MAX_CODE) return meaning('', ...fixed, 'sku_too_long')
  return judgedCode(code, fixed)
}

/** A barcode as printed; '' when there is none. */
export function readBarcode(text: string): Cell<string> {
  const plain = plainDigits(text)
  const { code, fixed } = cleanCode(plain)
  if (code !== '' && noBarcode.test(code)) return meaning('', 'no_barcode')
  const { gs1 } = readScan(code)
  const digits = gs1 ? withoutPadding(gs1.gtin) : code.replaceAll(/[\s-]/g, '')
  const isSpaced = digits !== code && isGtinLength(digits) && !looksLikeDate(code)
  if (isSpaced || (text !== plain && fixed.length === 0)) fixed.push('code_cleaned')
  const judged = judgedCode(isSpaced ? digits : code, fixed)
  const repair = judged.ok && !judged.asked ? withLostZeros(judged.data) : null
  return judged.ok && repair ? { ...judged, asked: { kind: 'lost_zeros', repair } } : judged
}

const noBarcode = /^(n\/?a|n\.a\.|none|null|no barcode|does not apply|not applicable|-+|0+)$/i
const rounded = /^\d([.,]\d+)?E\+?\d+$/i
/** The text of a cell that is too narrow for its number. */
const hidden = /^#{2,}$/
/** A spreadsheet keeps fifteen digits and writes zeros for those after them. */
const cutDigits = /^\d{15}0+$/

const months =
  'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mrz|Mär|Mai|Okt|Dez|janv|févr|mars|avr|juin|juil|août|déc'
const date = new RegExp(
  [
    `^\\d{1,2}[-. ](${months})\\.?([-. ]\\d{2,4})?$`,
    `^(${months})\\.?[- ]\\d{2,4}$`,
    '^\\d{1,2}/\\d{1,2}/\\d{2,4}( \\d{1,2}:\\d{2}(:\\d{2})?)?$',
    '^\\d{1,2}\\.\\d{1,2}\\.\\d{4}$',
    '^\\d{4}-\\d{2}-\\d{2}([ T]00:00(:00)?)?$',
  ].join('|'),
)

/** Whether a text is how a spreadsheet writes a date, as it does of MAR-10 and 1/2. Upper case is how people write codes. */
export function looksLikeDate(text: string): boolean {
  return date.test(text)
}

/** Whether a spreadsheet has rounded the digits of a code: 4,00638E+12. */
export function isRounded(text: string): boolean {
  return rounded.test(text)
}

function cleanCode(text: string): { code: string; fixed: FixKind[] } {
  const fixed: FixKind[] = []
  let code = visible(text)
  if (code !== text) fixed.push('invisible_removed')
  const [, formula] = /^="(.*)"$/.exec(code) ?? []
  const [, digits] = /^(\d{8,})[.,]0+$/.exec(formula ?? code) ?? []
  if (formula !== undefined || digits !== undefined) fixed.push('code_cleaned')
  code = digits ?? formula ?? code
  if (/^['’]\d[\d\s.,E+-]*$/i.test(code)) {
    fixed.push('apostrophe_removed')
    code = code.slice(1)
  }
  return { code, fixed }
}

function judgedCode(code: string, fixed: FixKind[]): Cell<string> {
  if (code.length > MAX_CODE) return meaningless(`is longer than ${MAX_CODE} characters`)
  const cell = meaning(code, ...fixed)
  if (!cell.ok) return cell
  if (isRounded(code) || hidden.test(code) || cutDigits.test(code)) {
    return { ...cell, asked: { kind: 'rounded_code' } }
  }
  return looksLikeDate(code) ? { ...cell, asked: { kind: 'date_code' } } : cell
}

/** The digits of a GTIN as they are printed: an EAN has 13 of its 14. */
function withoutPadding(gtin: string): string {
  return gtin.replace(/^0/, '')
}

function isGtinLength(digits: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(digits)
}

/** The GTIN that a number without its leading zeros was; null when it is a valid one, or no such number. */
function withLostZeros(code: string): string | null {
  if (!/^\d{7}$|^\d{9,11}$/.test(code)) return null
  const padded = code.padStart(code.length < 8 ? 8 : 12, '0')
  return gtin14(padded) ? padded : null
}
