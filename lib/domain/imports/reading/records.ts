import { CsvError, parse } from 'csv-parse/sync'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'

/** One record of the file: the line it begins on, counted from 1 as an editor does, and its cells. */
export interface FileRecord {
  line: number
  cells: string[]
}

/** More lines than any shop this is for; beyond, the file is refused before anything is built from it. */
export const MAX_RECORDS = 100_000
const MAX_RECORD_BYTES = 1_000_000
/**
 * The limit of rows with another width than the heading: the file is another table, and csv-parse is slow with each.
 */
const MAX_RAGGED = 1000

/** Ends the reading of a file that is refused whatever else is in it. */
class EnoughRead extends Error {}

/** Bytes of a CSV file as records. The first is the heading. Newlines inside cells become \n. */
export function readRecords(bytes: Uint8Array): Result<FileRecord[], ImportProblem> {
  const text = decode(bytes)
  if (!text.ok) return text
  if (text.data.trim() === '') return refuse(null, 'The file is empty.')
  try {
    return accepted(parseRecords(text.data))
  } catch (cause) {
    if (cause instanceof EnoughRead) return refuse(null, cause.message)
    if (cause instanceof CsvError) return refuse(lineOf(cause), reasons[cause.code] ?? cause.message)
    throw cause
  }
}

/** The cells of the first line; none when the file cannot be read, which readRecords explains. */
export function readHeading(bytes: Uint8Array): string[] {
  const text = decode(bytes)
  const [line = ''] = text.ok ? text.data.split('\n', 1) : []
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

function parseRecords(text: string): FileRecord[] {
  const records: FileRecord[] = []
  let lines = 0
  let empty = 0
  let ragged = 0
  parse(text, {
    delimiter: ',',
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    on_record(cells: string[], info) {
      // csv-parse counts up to the end of a record; readers look for its first line.
      records.push({ line: lines + 1 + (info.empty_lines - empty), cells })
      lines = info.lines
      empty = info.empty_lines
      if (cells.length !== records[0]?.cells.length) ragged += 1
      if (ragged > MAX_RAGGED)
        throw new EnoughRead(`More than ${MAX_RAGGED} rows have more or fewer cells than the heading line.`)
      if (records.length - 1 > MAX_RECORDS)
        throw new EnoughRead(`The file has more than ${MAX_RECORDS} rows, the most at once. Split it.`)
      return null
    },
  })
  return records
}

const reasons: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quoted cell that begins above here never ends. Look for a lone ".',
  CSV_INVALID_CLOSING_QUOTE:
    'A quoted cell goes on after its closing quote. Write a quote inside a cell twice: "".',
  INVALID_OPENING_QUOTE:
    'A quote is inside a cell that is not quoted. Quote the cell and write the quote twice: "".',
  CSV_MAX_RECORD_SIZE: `A row is longer than ${MAX_RECORD_BYTES} characters. Look for a quote that is never closed.`,
}

function decode(bytes: Uint8Array): Result<string, ImportProblem> {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return refuse(null, 'The file is in UTF-16. Save it as "CSV UTF-8".')
  }
  const text = new TextDecoder('utf-8').decode(bytes).replaceAll(/\r\n?/g, '\n')
  // The decoder drops a byte order mark and writes U+FFFD for what is not UTF-8; NUL has no place in a text.
  const bad = text.search(/[\uFFFD\0]/)
  if (bad < 0) return accepted(text)
  return refuse(
    text.slice(0, bad).split('\n').length,
    'There are characters that are not UTF-8 text. Save the file as "CSV UTF-8".',
  )
}

function lineOf(error: CsvError): number | null {
  return typeof error.lines === 'number' ? error.lines : null
}

function refuse(line: number | null, why: string) {
  return refused<ImportProblem>({ line, column: '', value: null, why })
}
