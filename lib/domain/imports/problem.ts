import type { z } from 'zod'
import type { ImportConflict } from '@/lib/domain/imports/conflict'

/**
 * Why a file cannot be imported: the line (from 1; null: the file as a whole), the column as the file heads it (''
 * when no single one is to blame), the value found there and the reason, which follows "column value" in a sentence.
 */
export type ImportProblem = z.infer<typeof ImportConflict>

/** Kinds of problems that are shown, and problems of a kind that are shown each. */
const KINDS = 50
const EACH = 3

/**
 * Problems by kind: one column and one reason. Up to three of a kind are listed each; of more the first, with the number of all and
 * examples, so that a file of thousands is judged by a few lines.
 */
export function problemsByKind(problems: readonly ImportProblem[]): ImportProblem[] {
  const byKind = new Map<string, ImportProblem[]>()
  for (const problem of problems) {
    const alike = byKind.get(kindOf(problem))
    if (alike) alike.push(problem)
    else byKind.set(kindOf(problem), [problem])
  }
  const kinds = [...byKind.values()]
  const shown = kinds.slice(0, KINDS).flatMap((all) => (all.length > EACH ? [summed(all)] : all))
  const rest = kinds.slice(KINDS).reduce((sum, { length }) => sum + length, 0)
  if (rest === 0) return shown
  return [...shown, { line: null, column: '', value: null, why: `and ${rest} more problems` }]
}

/** Numbers and quoted texts of a reason differ from cell to cell. */
function kindOf({ column, why }: ImportProblem): string {
  return `${column}\n${why.replaceAll(/"[^"]*"/g, '"').replaceAll(/\d[\d.,]*/g, '0')}`
}

function summed(all: readonly ImportProblem[]): ImportProblem {
  const [first = { line: null, column: '', value: null, why: '' }, ...others] = all
  const examples = others
    .slice(0, EACH - 1)
    .map(({ line, value }) => `line ${line ?? '?'}${value ? ` "${shorten(value)}"` : ''}`)
  return { ...first, why: `${first.why} (${all.length} times: also ${examples.join('; ')}; …)` }
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
