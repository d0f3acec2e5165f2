import { cleanCode, codeKey } from './code'
import { type Gs1, readDigitalLink, readGs1 } from './gs1'
import { gtin14 } from './gtin'

/** A scanned or typed code, as the shop understands it. */
export interface Scan {
  /**
   * The key a code is looked up by: a GTIN of 14 digits where the code has one, else the code without invisible
   * characters.
   */
  code: string
  /** Lot, dates, weight and count of a GS1 code; null for other codes. */
  gs1: Gs1 | null
}

// Scanners that send neither an identifier nor FNC1 give element strings that begin with 01 or 02 and a whole GTIN.
// The AIM symbology identifier that a scanner may send before a code (ISO/IEC 15424): ] letter digit. These four mean GS1.
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/
const GS1_SYMBOLOGY = /^\](?:C1|e0|d2|Q3|J1)/

/**
 * Reads what a scanner or a person entered: symbology identifiers are removed, GS1 element strings and GS1 Digital Links
 * are taken apart, everything else is kept as it is. The one rule for receiving, counting, picking, transfers and search.
 */
export function readScan(text: string): Scan {
  const typed = text.trim()
  const content = typed.replace(SYMBOLOGY, '')
  const isGs1 =
    GS1_SYMBOLOGY.test(typed) ||
    content.startsWith('\u001d') ||
    /^\(0[12]\) ?\d{8,14}(?!\d)|^0[12]\d{14}/.test(content)
  const gs1 = (isGs1 ? readGs1(content) : null) ?? readDigitalLink(content)
  return { code: gs1?.gtin ?? withoutAddOn(cleanCode(content)), gs1 }
}

/** The EAN of a book or magazine without the two or five digits beside it: its issue or its price. */
function withoutAddOn(code: string): string {
  const [, ean = ''] = /^(97[789]\d{10})[ +]?(?:\d{2}|\d{5})$/.exec(code) ?? []
  return ean && gtin14(ean) ? ean : code
}

/** True when a variant has a code with this key: its SKU, its barcode, or its id, which a person's choice sends. */
export function hasCode(
  { sku, barcode, variant_id }: { sku: string; barcode: string | null; variant_id: string },
  key: string,
): boolean {
  return [sku, barcode ?? '', variant_id].some((code) => codeKey(code) === key)
}

/** True when two scanned or typed codes mean the same product code. */
export function isSameCode(one: string, other: string): boolean {
  return keyOfScan(one) === keyOfScan(other)
}

/** The key of a scanned or typed code: what `codeKey` makes of the code in it. */
export function keyOfScan(text: string): string {
  return codeKey(readScan(text).code)
}
