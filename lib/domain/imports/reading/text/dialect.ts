/** How a file separates its cells, and the lines before its heading that only name the separator. */
export interface Dialect {
  delimiter: string
  skippedLines: number
}

const delimiters = [',', ';', '\t', '|']

/** By a "sep=" line as spreadsheets write it, else the separator that the heading line has most of, outside quotes. */
export function dialectOf(text: string): Dialect {
  const [, said] = /^"?sep=([^"\n])"?[,;\t|]*\n/i.exec(text) ?? []
  if (said) return { delimiter: said, skippedLines: 1 }
  const heading = firstLine(text).replaceAll(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => heading.split(delimiter).length)
  return { delimiter: delimiters[counts.indexOf(Math.max(...counts))] ?? ',', skippedLines: 0 }
}

/** The first line that says something. */
function firstLine(text: string): string {
  return /[^\n]*\S[^\n]*/.exec(text.slice(0, 100_000))?.[0] ?? ''
}
