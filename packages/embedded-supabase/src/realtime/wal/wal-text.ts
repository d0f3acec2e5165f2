/** Reads the lines the plugin test_decoding writes: one per row change, in the text form of Postgres. */

/** Column name to text; null for SQL NULL. A column that is missing was not written (an unchanged TOAST value). */
export type Tuple = Map<string, string | null>

export type RowChange = {
  kind: 'INSERT' | 'UPDATE' | 'DELETE'
  schema: string
  table: string
  /** The row as it is now; none for DELETE. */
  row: Tuple | null
  /** The old row as far as the replica identity has it; NULLs are left out. None if nothing of it changed. */
  old: Tuple | null
  bytes: number
}

export type WalLine =
  /** `transaction` is a 32 bit id. */
  | { kind: 'begin'; transaction: number }
  /** `at` is UTC with three fraction digits, as clients read it. */
  | { kind: 'commit'; at: string }
  | { kind: 'change'; change: RowChange }
  | { kind: 'other' }

const kinds = new Set(['INSERT', 'UPDATE', 'DELETE'])

/** `wants` spares the parsing of rows nobody listens to. */
export function readLine(
  line: string,
  bytes: number,
  wants: (schema: string, table: string) => boolean,
): WalLine {
  if (line.startsWith('table ')) return readChange(line, bytes, wants)
  if (line.startsWith('BEGIN')) return { kind: 'begin', transaction: Number(line.slice('BEGIN '.length)) }
  if (line.startsWith('COMMIT')) return { kind: 'commit', at: commitTime(line) }
  return { kind: 'other' }
}

function readChange(line: string, bytes: number, wants: (schema: string, table: string) => boolean): WalLine {
  const reader = new Reader(line, 'table '.length)
  const schema = reader.identifier()
  reader.skip('.')
  const table = reader.identifier()
  reader.skip(': ')
  const kind = reader.until(':')
  if (!isKind(kind) || !wants(schema, table)) return { kind: 'other' }
  const change: RowChange = { kind, schema, table, row: null, old: null, bytes }
  if (reader.skip(' old-key:')) {
    change.old = reader.tuple()
    reader.skip(' new-tuple:')
  }
  const tuple = reader.tuple()
  if (kind === 'DELETE') change.old = tuple
  else change.row = tuple
  return { kind: 'change', change }
}

function isKind(kind: string): kind is RowChange['kind'] {
  return kinds.has(kind)
}

/** `COMMIT 742 (at 2026-11-23 01:31:50.985123+00)` */
function commitTime(line: string): string {
  const stamp = /\(at (\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(line)
  if (!stamp) return new Date().toISOString()
  const [, day, time, fraction = ''] = stamp
  return `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

class Reader {
  private readonly text: string
  private at: number

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  skip(expected: string): boolean {
    const matches = this.text.startsWith(expected, this.at)
    if (matches) this.at += expected.length
    return matches
  }

  until(stop: string): string {
    const end = this.text.indexOf(stop, this.at)
    const part = this.text.slice(this.at, end < 0 ? undefined : end)
    this.at = end < 0 ? this.text.length : end + stop.length
    return part
  }

  /** A name as quote_identifier writes it, up to the dot, colon or bracket that follows. */
  identifier(): string {
    if (this.text[this.at] === '"') return this.quoted('"')
    const start = this.at
    while (this.at < this.text.length && !'.:['.includes(this.text[this.at] ?? '')) this.at++
    return this.text.slice(start, this.at)
  }

  tuple(): Tuple {
    const tuple: Tuple = new Map()
    while (
      this.text[this.at] === ' ' &&
      !this.isAtWord(' new-tuple:') &&
      !this.isAtWord(' (no-tuple-data)')
    ) {
      this.at++
      const name = this.identifier()
      this.type()
      const value = this.value()
      if (value !== undefined) tuple.set(name, value)
    }
    return tuple
  }

  private isAtWord(word: string): boolean {
    return this.text.startsWith(word, this.at)
  }

  /** `[character varying]:`, `[integer[]]:` or `[public."odd]:name"]:` */
  private type(): void {
    while (this.at < this.text.length && !this.isAtWord(']:')) {
      if (this.text[this.at] === '"') this.quoted('"')
      else this.at++
    }
    this.at += ']:'.length
  }

  private value(): string | null | undefined {
    if (this.text[this.at] === "'") return this.quoted("'")
    if (this.isAtWord("B'")) {
      this.at++
      return this.quoted("'")
    }
    const end = this.text.indexOf(' ', this.at)
    const word = this.text.slice(this.at, end < 0 ? undefined : end)
    this.at = end < 0 ? this.text.length : end
    if (word === 'null') return null
    return word === 'unchanged-toast-datum' ? undefined : word
  }

  private quoted(mark: string): string {
    const start = this.at + 1
    let end = this.text.indexOf(mark, start)
    let doubled = false
    while (end >= 0 && this.text[end + 1] === mark) {
      doubled = true
      end = this.text.indexOf(mark, end + 2)
    }
    const stop = end < 0 ? this.text.length : end
    this.at = stop + 1
    const inner = this.text.slice(start, stop)
    return doubled ? inner.replaceAll(mark + mark, mark) : inner
  }
}
