import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

// The Data API cuts an answer at max_rows silently. So every read of a table says how many rows it wants, and reads
// of whole lists go through everyRow (lib/server/platform/every-row.ts).
const ENDS = /\.(?:limit|range|single|maybeSingle|insert|upsert|update|delete)\(/

/** Every chain that begins with .from('table'), up to the blank line, bracket or statement that ends it. */
function readsIn(text: string): string[] {
  return text
    .split(/(?=\.from\('[a-z_]+'\))/)
    .slice(1)
    .map((chain) => chain.split(/\n\s*\n|;\n|\n\s*(?:const|return|let) |\n {0,4}\),?\n/)[0] ?? chain)
}

/** Embedded rows of which there is one at most, and joins that only filter. */
const SINGLE = /\bkept_columns \(columns\)|\bcategories \(slug, title\)|\w+!inner\(\)/g

/**
 * Whether a read embeds rows of another table in its own: those are cut at max_rows as well.
 *
 * @param text has the constants that name columns.
 */
function embedsRows(chain: string, text: string): boolean {
  const [, columns] = /\.select\(\s*([\w]+|'[^']*'|`[^`]*`)/.exec(chain) ?? []
  if (!columns) return false
  const named = /^\w+$/.test(columns)
    ? new RegExp(`const ${columns} =\\s*('[^']*'|\`[^\`]*\`)`).exec(text)?.[1]
    : columns
  return named === undefined || named.replaceAll(SINGLE, '').includes('(')
}

test.each([
  ["client.from('orders').select('*')", false],
  ["client\n  .from('orders')\n  .select('*')\n  .range(from, to)", true],
  ["client.from('orders').select('*').limit(1)", true],
])('a read is judged by its end: %j', (text, hasEnd) => {
  expect(readsIn(text).every((chain) => ENDS.test(chain))).toBe(hasEnd)
})

const files = execFileSync('git', ['ls-files', 'lib', 'app', 'components', 'commands'], { cwd: ROOT })
  .toString()
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file))

test('every read of a table says how many rows it wants', () => {
  const endless = files.flatMap((file) =>
    readsIn(readFileSync(join(ROOT, file), 'utf8'))
      .filter((chain) => !ENDS.test(chain))
      .map((chain) => `${file}: ${chain.slice(0, 100)}`),
  )
  expect(endless, 'add .limit() or .range(), or read through everyRow').toEqual([])
})

test.each([
  ["client.from('a').select('id, name')", false],
  ["client.from('a').select('id, kept_columns (columns)')", false],
  ["client.from('a').select('id, parts (id)')", true],
  ["client.from('a').select(`id, parts!inner (id)`)", true],
  ["client.from('a').select(columns)", true],
  ["const columns = 'id'\nclient.from('a').select(columns)", false],
  ["const columns = `id, parts (id)`\nclient.from('a').select(columns)", true],
])('an embedded read is found: %j', (text, embeds) => {
  expect(readsIn(text).some((chain) => embedsRows(chain, text))).toBe(embeds)
})

test('no read embeds the rows of another table', () => {
  const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'))
  const all = texts.join('\n')
  const embedding = files.flatMap((file, index) =>
    readsIn(texts[index] ?? '')
      .filter((chain) => embedsRows(chain, all))
      .map((chain) => `${file}: ${chain.slice(0, 120)}`),
  )
  expect(embedding, 'read them apart, or let a view collect them as JSON, as shop_products does').toEqual([])
})
