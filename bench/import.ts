import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { testSupabase } from '@/commands/stack/test-stack'
import { report } from './figures/report'

const PRODUCTS = 5000
const SIZES = ['Small', 'Large']
const HEADING =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src'

/** How long ten thousand rows take from the command to its end, new and again, beside a bare COPY of the same file. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onhand-import-'))
  const supabase = await testSupabase()
  try {
    const csv = catalogue()
    const file = join(folder, 'ten-thousand.csv')
    writeFileSync(file, csv)
    const env = { ...process.env, ...supabase.env }

    const first = await timed(() => importFile(file, env))
    const again = await timed(() => importFile(file, env))
    const copy = await timed(() => copyInto(env.DATABASE_URL ?? '', csv))

    report(
      'import',
      'npm run import of 10,000 rows (5,000 products), process start to end; the stack runs already.',
      [row('new rows', first, copy), row('the same file again: nothing to change', again, copy)],
    )
  } finally {
    await supabase.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function row(what: string, ms: number, limit: number) {
  return {
    what,
    measured: `${(ms / 1000).toFixed(1)} s`,
    limit: `COPY of the file into a bare table ${(limit / 1000).toFixed(2)} s`,
    ratio: (ms / limit).toFixed(0),
    target: 'under 60 s',
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function importFile(file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const flags = ['--import', 'tsx', '--conditions', 'react-server', 'commands/catalogue/import.ts', file]
  await promisify(execFile)(process.execPath, flags, { env })
}

async function copyInto(url: string, csv: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const columns = HEADING.split(',').map((_, index) => `c${index} text`)
    await sql.unsafe(`create temporary table copied (${columns.join(', ')})`)
    const target = await sql`copy copied from stdin with (format csv, header)`.writable()
    await pipeline([csv], target)
  } finally {
    await sql.end()
  }
}

function catalogue(): string {
  const rows = Array.from({ length: PRODUCTS }, (_, product) =>
    SIZES.map((size, index) => {
      const handle = `bench-${product}`
      const details = `Bowl ${product},"<p>Thrown by hand, <strong>fired</strong> twice.</p>",Fewings,Shelf ${product % 12},"clay, ash",true,Size`
      const cells = index === 0 ? details : ',,,,,,'
      return `${handle},${cells},${size},,${product % 40},${20 + (product % 60)}.50,https://cdn.test/${handle}-${size}.jpg`
    }).join('\n'),
  )
  return `${HEADING}\n${rows.join('\n')}\n`
}
