import { gtin14, gtinOfBook } from './gtin'

// Zero-width and bidirectional characters, soft hyphens, variation selectors and control characters. Spreadsheets and
// web pages leave them in codes; nobody sees them.
const INVISIBLE = new RegExp(
  '[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5' +
    '\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffb]',
  'g',
)
const SPACES = /[\s\u0085]+/g

/** A text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '')
}

/** A code without invisible characters, in the compatibility form of Unicode, with single spaces. */
export function cleanCode(text: string): string {
  return withoutInvisible(text.normalize('NFKC')).replaceAll(SPACES, ' ').trim()
}

/**
 * The form in which codes are compared: two codes mean the same when their keys are equal. A GTIN, ISBN or ISSN becomes
 * its 14 digits; everything else is compared without case and invisible characters.
 *
 * SQL has the same rule as `private.code_key`; tests/support/codes.ts holds both to one table of cases.
 */
export function codeKey(code: string): string {
  const clean = cleanCode(code)
  return gtin14(clean.replaceAll(' ', '')) ?? gtinOfBook(clean) ?? clean.toLowerCase()
}
