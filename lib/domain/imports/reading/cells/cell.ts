import { withoutInvisible } from '@/lib/domain/codes/code'
import type { AskKind, FixKind } from '@/lib/domain/imports/finding'

/**
 * The meaning of a cell, or why it has none. fixed: how it was read in another way than it is written. asked: the question
 * that has to be answered first; repair: the value it probably had.
 */
export type Cell<Value> =
  | {
      ok: true
      data: Value
      fixed?: readonly FixKind[]
      became?: string
      asked?: { kind: AskKind; repair?: string }
    }
  | { ok: false; error: string }

/** A meaning, told as fixed where it is not plain. */
export function meaning<Value>(data: Value, ...fixed: FixKind[]): Cell<Value> {
  return fixed.length > 0 ? { ok: true, data, fixed } : { ok: true, data }
}

export function meaningless(error: string): { ok: false; error: string } {
  return { ok: false, error }
}

/** A text whose digits, decimal mark and thousands mark are those of ASCII: ٣٫٥٠ is 3.50. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
}

/** A text without characters that nobody sees; special spaces become plain ones. */
export function visible(text: string): string {
  return withoutInvisible(text)
    .replaceAll(/[\u00A0\u2007\u202F]/g, ' ')
    .trim()
}
