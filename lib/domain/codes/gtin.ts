const GTIN_LENGTHS = [8, 12, 13, 14]

/**
 * A Global Trade Item Number with 14 digits, so that GTIN-8, -12 (UPC-A), -13 (EAN) and -14 compare as one number.
 * Null when the digits are none: another length, or a wrong check digit.
 *
 * Source: GS1 General Specifications, section 7.9 (check digit) and 3.3.2 (GTIN in 14 digits).
 */
export function gtin14(digits: string): string | null {
  if (!/^\d+$/.test(digits) || !GTIN_LENGTHS.includes(digits.length)) return null
  const padded = digits.padStart(14, '0')
  return checkDigit(padded.slice(0, 13)) === padded.slice(13) ? padded : null
}

/** The GTIN of an ISBN-10 or of a hyphenated ISBN-13 or ISSN; null when the text is none. */
export function gtinOfBook(text: string): string | null {
  const digits = text.replaceAll(/[ -]/g, '').toLowerCase()
  if (/^\d{9}[\dx]$/.test(digits)) return isIsbn10(digits) ? withCheckDigit(`978${digits.slice(0, 9)}`) : null
  if (/^\d{4}-\d{3}[\dx]$/i.test(text))
    return isIssn(digits) ? withCheckDigit(`977${digits.slice(0, 7)}00`) : null
  return /^97[89]\d{10}$/.test(digits) ? gtin14(digits) : null
}

function withCheckDigit(twelve: string): string {
  return `0${twelve}${checkDigit(`0${twelve}`)}`
}

/** The check digit of the 13 digits before it: weights 3 and 1, from the left. */
function checkDigit(digits: string): string {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  )
  return String((10 - (sum % 10)) % 10)
}

function isIsbn10(digits: string): boolean {
  return weightedSum(digits, 10) % 11 === 0
}

function isIssn(digits: string): boolean {
  return weightedSum(digits, 8) % 11 === 0
}

/** Each digit times its weight, which falls to 1; x is 10. */
function weightedSum(digits: string, highest: number): number {
  return [...digits].reduce(
    (total, digit, index) => total + (digit === 'x' ? 10 : Number(digit)) * (highest - index),
    0,
  )
}
