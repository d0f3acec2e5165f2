import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

export interface Row {
  /** The measurement: "commit to text, median of 50". */
  what: string
  /** The figure with its unit: "9.1 ms". */
  measured: string
  /** Its limit, measured in the same run: "bare websocket frame 3.0 ms". */
  limit: string
  /** measured ÷ limit (or limit ÷ measured for rates), as text: "3.0". */
  ratio: string
  /** The target: "under 100 ms". */
  target: string
}

const FILE = join(import.meta.dirname, '../../docs/benchmarks.md')
const OPENING = `# Benchmarks

Each figure is shown with its limit, measured in the same run: the machines these run on are shared and noisy, so read
the ratios. Written by \`npm run bench -- NAME\`.
`

/** Prints the table and replaces this benchmark's section in docs/benchmarks.md. */
export function report(name: string, purpose: string, rows: Row[]): void {
  const table = [
    '| what | measured | limit | ratio | target |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${[row.what, row.measured, row.limit, row.ratio, row.target].join(' | ')} |`),
  ].join('\n')
  const when = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}`
  const section = `\n## ${name}\n\n${purpose}\n\n${table}\n\n${when}\n`
  console.log(section)

  const page = existsSync(FILE) ? readFileSync(FILE, 'utf8') : OPENING
  const [before = OPENING, ...rest] = page.split(new RegExp(`\\n## ${name}\\n`))
  const after = rest
    .join('')
    .split(/(?=\n## )/)
    .slice(1)
    .join('')
  writeFileSync(FILE, before + section + after)
}
