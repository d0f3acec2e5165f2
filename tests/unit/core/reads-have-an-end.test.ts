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

/** Tables whose rows a page embeds in another row are cut in the same way. */
const EMBEDDED = /\.select\([^)]*\b\w+\s*(?:![a-z]+)?\s*\((?!\))/

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

test('no read embeds the rows of another table', () => {
  const embedding = files.flatMap((file) =>
    readsIn(readFileSync(join(ROOT, file), 'utf8'))
      .filter((chain) => EMBEDDED.test(chain))
      .map((chain) => `${file}: ${chain.slice(0, 120)}`),
  )
  expect(embedding, 'let a view collect them as JSON, as shop_products does').toEqual([])
})
