import type { Fix } from '@/lib/domain/imports/finding'
import type { FileRecord, FileTable } from '@/lib/domain/imports/reading/text/records'
import { rearmed } from '@/lib/domain/text/formula'

/** A file of another system with the headings of Shopify's product CSV, and the findings of the translation. */
export interface Translation {
  table: FileTable
  fixed: Fix[]
}

/** A line of the new table: cells by their new heading. Its other cells follow under their own headings. */
export interface TranslatedLine {
  line: number
  cells: Record<string, string>
  /** The record they come from, for the columns that are not translated; null for a line that only adds something. */
  from: FileRecord | null
}

/** The cell of a record by its heading, in any case; '' where the file has no such column. */
export type CellOf = (record: FileRecord, heading: string) => string

export function cellsOf({ heading }: FileTable): CellOf {
  const places = new Map(heading.cells.map((cell, index) => [cell.trim().toLowerCase(), index]))
  return ({ cells }, name) => rearmed((cells[places.get(name.toLowerCase()) ?? -1] ?? '').trim())
}

/** A table of these lines. Columns that were not translated keep their headings, so that they are kept or reported. */
export function tableOf(
  table: FileTable,
  lines: readonly TranslatedLine[],
  translated: (heading: string) => boolean,
): FileTable {
  const headings = [...new Set(lines.flatMap(({ cells }) => Object.keys(cells)))]
  const others = table.heading.cells.flatMap((cell, index) => (translated(cell.trim()) ? [] : [index]))
  return {
    ...table,
    heading: {
      line: table.heading.line,
      cells: [...headings, ...others.map((index) => table.heading.cells[index] ?? '')],
    },
    records: lines.map(({ line, cells, from }) => ({
      line,
      cells: [
        ...headings.map((heading) => cells[heading] ?? ''),
        ...others.map((index) => from?.cells[index] ?? ''),
      ],
    })),
  }
}

const MAX_OPTIONS = 3

/** Cells of up to three options: what is beyond becomes part of the third, and is reported. */
export function optionCells(
  options: readonly (readonly [name: string, value: string])[],
  line: number,
  fixed: Fix[],
): Record<string, string> {
  const last = options.slice(MAX_OPTIONS - 1)
  const joined = [
    ...options.slice(0, MAX_OPTIONS - 1),
    ...(last.length > 0
      ? [[join(last.map(([name]) => name)), join(last.map(([, value]) => value))] as const]
      : []),
  ]
  if (last.length > 1) {
    fixed.push({
      kind: 'options_joined',
      line,
      column: joined[MAX_OPTIONS - 1]?.[0] ?? '',
      value: '',
      became: joined[MAX_OPTIONS - 1]?.[1] ?? null,
    })
  }
  return Object.fromEntries(
    joined.flatMap(([name, value], index) => [
      [`Option${index + 1} Name`, name],
      [`Option${index + 1} Value`, value],
    ]),
  )
}

const join = (texts: readonly string[]) => texts.filter(Boolean).join(' / ')

/** Texts of a list in one cell; a comma that belongs to a text has a backslash before it. */
export function listIn(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((each) => each.replaceAll('\\,', ',').trim())
    .filter(Boolean)
}

/** A name for each product that no other product of the file has. */
export function uniqueNames(): (wanted: string, otherwise: string) => string {
  const taken = new Set<string>()
  return (wanted, otherwise) => {
    let name = wanted || otherwise
    if (taken.has(name)) name = `${name}-${otherwise}`
    for (let twins = 2; taken.has(name); twins += 1) name = `${wanted}-${otherwise}-${twins}`
    taken.add(name)
    return name
  }
}
