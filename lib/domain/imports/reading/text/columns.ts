import type { ImportProblem } from '@/lib/domain/imports/problem'
import { visible } from '@/lib/domain/imports/reading/cells/cell'

/** A kind of file: what the shop reads of it and how each column may be headed, the first way being the usual one. */
export interface Format<Key extends string> {
  headings: Readonly<Record<Key, readonly string[]>>
  /** One of these has to be there, for each list. */
  required: readonly (readonly Key[])[]
  /** Columns, in lower case, that the shop has no use for. Anything else is reported, because it may be a slip. */
  unused: readonly RegExp[]
  /** Columns, in lower case, that are kept as they are and written into exports. */
  kept?: readonly RegExp[]
  /** Columns that are read and kept. */
  alsoKept?: readonly Key[]
}

/** A column that is kept for the export. */
export interface KeptColumn {
  index: number
  heading: string
}

/** The places of a file's columns in a record, and their names. */
export interface Columns<Key extends string> {
  has(key: Key): boolean
  /** undefined where the file has no such column. */
  indexOf(key: Key): number | undefined
  /** The name that this file, or else Shopify, gives it. */
  headingOf(key: Key): string
  kept: readonly KeptColumn[]
}

interface FoundColumn {
  index: number
  heading: string
}

/** Reads the heading line: the columns, what is wrong with them, and those that nobody knows. */
export function readColumns<Key extends string>(
  cells: string[],
  { headings, required, unused, kept = [], alsoKept = [] }: Format<Key>,
  line: number,
): { columns: Columns<Key>; problems: ImportProblem[]; unknown: KeptColumn[] } {
  const found = new Map<Key, FoundColumn>()
  const problems: ImportProblem[] = []
  const unknown: KeptColumn[] = []
  const keptColumns: KeptColumn[] = []
  const keys = keysByHeading(headings)
  for (const [index, cell] of cells.entries()) {
    const heading = plainHeading(cell)
    const key = keys.get(heading.toLowerCase())
    if (key && found.has(key)) {
      problems.push({ line, column: heading, value: null, why: 'is in the file twice: remove one' })
    } else if (key) {
      found.set(key, { index, heading })
      if (alsoKept.includes(key)) keptColumns.push({ index, heading })
    } else if (kept.some((pattern) => pattern.test(heading.toLowerCase())))
      keptColumns.push({ index, heading })
    else if (heading && !unused.some((pattern) => pattern.test(heading.toLowerCase())))
      unknown.push({ index, heading })
  }
  const columns = columnsOf(found, headings, keptColumns)
  for (const [usual, ...others] of required) {
    if (usual === undefined || [usual, ...others].some((key) => found.has(key))) continue
    problems.push({ line, column: columns.headingOf(usual), value: null, why: missing(cells) })
  }
  return { columns, problems, unknown }
}

/** A heading with single spaces and without invisible characters. */
export function plainHeading(cell: string): string {
  return visible(cell).replaceAll(/\s+/g, ' ')
}

function columnsOf<Key extends string>(
  found: ReadonlyMap<Key, FoundColumn>,
  headings: Format<Key>['headings'],
  kept: readonly KeptColumn[],
): Columns<Key> {
  return {
    has: (key) => found.has(key),
    indexOf: (key) => found.get(key)?.index,
    headingOf: (key) => found.get(key)?.heading ?? headings[key][0] ?? key,
    kept,
  }
}

function keysByHeading<Key extends string>(headings: Format<Key>['headings']): Map<string, Key> {
  const keys = Object.keys(headings) as Key[]
  return new Map(keys.flatMap((key) => headings[key].map((one) => [one.toLowerCase(), key] as const)))
}

function missing(cells: string[]): string {
  return `is missing. The file has: ${cells.filter(Boolean).slice(0, 12).join(', ')}`
}
