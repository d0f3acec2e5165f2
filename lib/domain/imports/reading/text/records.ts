import { CsvError, parse } from 'csv-parse/sync'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { type DecodedText, decodeText } from './decode'
import { type Dialect, dialectOf } from './dialect'

/** One record of the file: the line it begins on, counted from 1 as an editor does, and its cells. */
export interface FileRecord {
  line: number
  cells: string[]
}

/** A file as records, the first being its heading. guess: its encoding, where the bytes do not say it. */
export interface FileTable {
  heading: FileRecord
  records: FileRecord[]
  guess: DecodedText['guess']
}

/** More lines than any shop this is for; beyond, the file is refused before anything is built from it. */
export const MAX_RECORDS = 100_000
const MAX_RECORD_BYTES = 1_000_000
/** More rows than this of another width than the heading: csv-parse is slow with each, a fifth of a second for all. */
const MAX_RAGGED = 20_000

/** Ends the reading of a file that is refused whatever else is in it. */
class EnoughRead extends Error {}

/** Bytes of a file with separated cells as records. Newlines inside cells become \n. Empty lines are none. */
export function readTable(bytes: Uint8Array): Result<FileTable, ImportProblem> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const { text, guess } = decoded.data
  if (text.trim() === '') return refuse(null, 'The file is empty.')
  try {
    const [heading, ...records] = parseRecords(text, dialectOf(text))
    if (!heading) return refuse(null, 'The file is empty.')
    return accepted({ heading, records, guess })
  } catch (cause) {
    if (cause instanceof EnoughRead) return refuse(null, cause.message)
    if (cause instanceof CsvError) return refuse(lineOf(cause), reasons[cause.code] ?? cause.message)
    throw cause
  }
}

function parseRecords(text: string, { delimiter, quote, skippedLines }: Dialect): FileRecord[] {
  const records: FileRecord[] = []
  let lines = 0
  let empty = 0
  let ragged = 0
  parse(quote ? withFormulasQuoted(text, delimiter) : text, {
    delimiter,
    quote,
    from_line: skippedLines + 1,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    on_record(cells: string[], info) {
      // csv-parse counts the last line of a record; the reader of a message looks for its first.
      const skipped = records.length === 0 ? skippedLines : 0
      records.push({ line: lines + 1 + skipped + (info.empty_lines - empty), cells })
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

/** Text with ="0036" quoted as a cell has to be. Systems write codes so, because a spreadsheet then keeps their zeros. */
function withFormulasQuoted(text: string, delimiter: string): string {
  if (!text.includes(`${delimiter}="`)) return text
  const mark = delimiter === '|' ? '\\|' : delimiter
  return text.replaceAll(new RegExp(`(?<=^|${mark})="([^"\\n]+)"(?=${mark}|$)`, 'gm'), '"=""$1"""')
}

const reasons: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quoted cell that begins above here never ends. Look for a lone ".',
  CSV_INVALID_CLOSING_QUOTE:
    'A quoted cell goes on after its closing quote. Write a quote inside a cell twice: "".',
  INVALID_OPENING_QUOTE:
    'A quote is inside a cell that is not quoted. Quote the cell and write the quote twice: "".',
  CSV_MAX_RECORD_SIZE: `A row is longer than ${MAX_RECORD_BYTES} characters. Look for a quote that is never closed.`,
}

function lineOf(error: CsvError): number | null {
  return typeof error.lines === 'number' ? error.lines : null
}

function refuse(line: number | null, why: string) {
  return refused<ImportProblem>({ line, column: '', value: null, why })
}
