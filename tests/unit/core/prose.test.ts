import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { scan } from '@/tests/support/prose/scan'

// The language that docs/glossary.md asks for. Brand and demo texts keep their charm, and generated files and migrations
// are not prose.
const exempt =
  /^supabase\/(?:migrations\/|seed\.sql)|\.types\.ts$|^packages\/product-art\/src\/|^tests\/support\/prose\/rules|^tests\/unit\/core\/prose|^lib\/domain\/products\/editing\/drawings\.ts$/
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
const files = listed
  .toString()
  .split('\n')
  .filter((file) => /\.(?:tsx?|sql|md)$/.test(file) && !exempt.test(file) && existsSync(join(ROOT, file)))

test('text and names follow the glossary', { timeout: 60_000 }, () => {
  const places = files
    .flatMap((file) => scan(file, readFileSync(join(ROOT, file), 'utf8')))
    .map(({ file, line, found, instead }) => `${file}:${line} "${found}": write ${instead}`)
  expect(places, 'Places against docs/glossary.md').toEqual([])
})

test('a banned word is found in a comment that wraps, in a text and in a name', () => {
  const code = "// The order is on\n// its way.\nconst livePainter = 'somebody waits'\n"
  expect(scan('a.ts', code).map(({ line, found }) => [line, found])).toEqual([
    [1, 'on its way'],
    [3, 'livePainter'],
    [3, 'somebody'],
  ])
})

test('a banned phrase of two words is found in the name of a file or a function', () => {
  expect(scan('take-back.ts', 'const calledOffMinor = 1\n').map(({ found }) => found)).toEqual([
    'take-back.ts',
    'calledOffMinor',
  ])
})

test('a sentence that begins with a clause is found, a question is not', () => {
  expect(scan('a.md', 'Who comes back is asked. What now?\n').map(({ found }) => found)).toEqual(['Who …'])
  expect(scan('a.test.ts', "test('what is sold is gone', run)").map(({ found }) => found)).toEqual(['what …'])
  expect(scan('a.sql', '-- What is sold is gone.\n').map(({ found }) => found)).toEqual(['What …'])
})

test('code on a page and the quotations of the glossary are not judged', () => {
  expect(scan('a.md', 'Run `tidy`.\n')).toEqual([])
  expect(scan('docs/glossary.md', '| aisle | "by itself" |\n\nNot: "anew".\n')).toEqual([])
})
