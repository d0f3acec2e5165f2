import type { z } from 'zod'
import type { ImportConflict } from '@/lib/domain/refusal'

/**
 * Why a file cannot be imported: the line (from 1; null: the file as a whole), the column as the file heads it (''
 * when no single one is to blame), the value found there and the reason, which follows "column value" in a sentence.
 */
export type ImportProblem = z.infer<typeof ImportConflict>

/** How many problems are shown at once; a file with more has one cause, not hundreds. */
export const SHOWN_PROBLEMS = 50

/** One problem as a line of text: `line 7, Variant Price "9,99": has a comma …`. */
export function problemText({ line, column, value, why }: ImportProblem): string {
  const place = [line === null ? '' : `line ${line}`, column].filter(Boolean).join(', ')
  const found = value === null || value === '' ? '' : ` "${shorten(value)}"`
  return place ? `${place}${found}: ${why}` : why
}

/** The first 80 characters of a value on one line: enough to recognise it. */
export function shorten(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
