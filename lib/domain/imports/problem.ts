import type { z } from 'zod'
import type { ImportConflict } from '@/lib/domain/core/refusal'

/**
 * Why a file cannot be imported: the line (from 1; null: the file as a whole), the column as the file heads it (''
 * when no single one is to blame), the value found there and the reason, which follows "column value" in a sentence.
 */
export type ImportProblem = z.infer<typeof ImportConflict>

const SHOWN = 50

/** The first fifty problems and how many more there are: a file with hundreds has one cause, not hundreds. */
export function firstProblems(problems: ImportProblem[]): ImportProblem[] {
  if (problems.length <= SHOWN) return problems
  const why = `and ${problems.length - SHOWN} more problems like these`
  return [...problems.slice(0, SHOWN), { line: null, column: '', value: null, why }]
}

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
