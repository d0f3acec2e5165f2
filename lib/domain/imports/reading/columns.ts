import type { ImportProblem } from '@/lib/domain/imports/problem'

/** A kind of file: what the shop reads of it and how each column may be headed, the first way being the usual one. */
export interface Format<Key extends string> {
  headings: Readonly<Record<Key, readonly string[]>>
  required: readonly Key[]
  /** Columns, in lower case, that the shop has no use for. Anything else is reported, because it may be a slip. */
  unused: readonly RegExp[]
}

/** The positions and the names of a file's columns. */
export interface Columns<Key extends string> {
  has(key: Key): boolean
  /** undefined where the file has no such column. */
  indexOf(key: Key): number | undefined
  /** The field's name in this file, or else in Shopify's format. */
  headingOf(key: Key): string
}

/** Reads the heading line: the columns, what is wrong with them, and the headings nobody knows. */
export function readColumns<Key extends string>(
  cells: string[],
  { headings, required, unused }: Format<Key>,
): { columns: Columns<Key>; problems: ImportProblem[]; unknown: string[] } {
  const found = new Map<Key, { index: number; heading: string }>()
  const problems: ImportProblem[] = []
  const unknown: string[] = []
  const keys = Object.keys(headings) as Key[]
  for (const [index, cell] of cells.entries()) {
    const heading = cell.trim()
    const key = keys.find((known) =>
      headings[known].some((one) => one.toLowerCase() === heading.toLowerCase()),
    )
    if (key && found.has(key)) {
      problems.push({ line: 1, column: heading, value: null, why: 'appears twice in the file' })
    } else if (key) found.set(key, { index, heading })
    else if (heading && !unused.some((pattern) => pattern.test(heading.toLowerCase()))) unknown.push(heading)
  }
  const columns: Columns<Key> = {
    has: (key) => found.has(key),
    indexOf: (key) => found.get(key)?.index,
    headingOf: (key) => found.get(key)?.heading ?? headings[key][0] ?? key,
  }
  for (const key of required.filter((needed) => !found.has(needed))) {
    problems.push({ line: 1, column: columns.headingOf(key), value: null, why: missing(cells) })
  }
  return { columns, problems, unknown }
}

function missing(cells: string[]): string {
  const [only = ''] = cells
  return cells.length === 1 && /[;\t]/.test(only)
    ? 'is missing: the columns of this file are not separated by commas. Save it as "CSV (comma separated)"'
    : `is missing. The file has: ${cells.filter(Boolean).slice(0, 12).join(', ')}`
}
