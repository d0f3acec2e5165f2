/** How a file separates its cells, and the lines before its heading that only name the separator. */
export interface Dialect {
  delimiter: string
  /** false where quotes are letters as others. */
  quote: '"' | false
  skippedLines: number
}

const delimiters = [',', ';', '\t', '|']

/** By a "sep=" line as spreadsheets write it, else the separator that the heading line has most of, outside quotes. */
export function dialectOf(text: string): Dialect {
  const [, said] = /^"?sep=([^"\n])"?[,;\t|]*\n/i.exec(text) ?? []
  if (said) return { delimiter: said, quote: '"', skippedLines: 1 }
  const heading = firstLine(text).replaceAll(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => heading.split(delimiter).length)
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ','
  return { delimiter, quote: delimiter === '\t' && isUnquoted(text) ? false : '"', skippedLines: 0 }
}

/**
 * Whether a file with tabs never quotes, as Google Sheets writes it: a cell has a quote in its middle, and every line has all
 * cells. A system that quotes would have quoted that cell.
 */
function isUnquoted(text: string): boolean {
  if (!/(^|\t)[^"\t\n][^\t\n]*"/m.test(text)) return false
  const lines = text.split('\n').filter((line) => line !== '')
  const width = lines[0]?.split('\t').length
  return lines.every((line) => line.split('\t').length === width)
}

/** The first line that says something. */
function firstLine(text: string): string {
  return /[^\n]*\S[^\n]*/.exec(text.slice(0, 100_000))?.[0] ?? ''
}
