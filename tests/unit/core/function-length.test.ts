import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { schemaFiles } from '@/commands/schema/sql-files'

// SQL: at most 60 lines a function and 120 columns a line. TypeScript: Biome allows 60 lines for a hook and 80 for another
// function (biome.json); this file counts the exceptions. An exception states its reason. The numbers below only fall.
const mostLines = 60
const mostColumns = 120
const ratchet = join(ROOT, 'tests/unit/core/wide-sql-lines.json')

/** SQL functions over the limit that have no reason yet. Nothing is added here: split the function instead. */
const LONG_WITHOUT_REASON = [
  'private.fulfil_order',
  'private.inspect_return',
  'private.return_items',
  'private.share_out',
  'private.write_orders',
]

/** TypeScript functions over the limit, by file. The suppression comment in the file says why. */
const LONG_IN_TYPESCRIPT = [
  'components/staff/grid/inventory-grid.tsx',
  'components/staff/shell/refusal-words.ts',
  'lib/client/live/row-store.ts',
  'lib/client/live/transport/shared-socket.ts',
  'tests/kernel/count.test.ts',
]

test('an SQL function over 60 lines gives its reason in a comment "-- long because …" above it', () => {
  const long = schemaFiles().flatMap(({ text }) => longFunctions(text))
  expect(long.filter((name) => !LONG_WITHOUT_REASON.includes(name))).toEqual([])
})

test('no line of SQL is wider than 120 columns, and the old ones in each folder only get fewer', () => {
  const allowed: Record<string, number> = JSON.parse(readFileSync(ratchet, 'utf8'))
  const folders = Map.groupBy(schemaFiles(), ({ path }) => path.split('/')[1] ?? '')
  const counts = Object.fromEntries(
    [...folders].flatMap(([folder, files]) => {
      const wide = files.flatMap(({ text }) => text.split('\n').filter((line) => line.length > mostColumns))
      return wide.length > 0 ? [[folder, wide.length] as const] : []
    }),
  )

  const tooMany = Object.entries(counts).filter(([folder, wide]) => wide > (allowed[folder] ?? 0))
  expect(tooMany, 'Wrap these lines; docs/schema-changes.md').toEqual([])
  const lowered = Object.entries(allowed).filter(([folder, most]) => (counts[folder] ?? 0) < most)
  if (lowered.length > 0) writeFileSync(ratchet, `${JSON.stringify(counts, null, 2)}\n`)
  expect(lowered, 'Fewer than before: wide-sql-lines.json was lowered. Commit it').toEqual([])
})

test('no further TypeScript function is exempt from the limit of its length', () => {
  const rule = 'biome-ignore lint/complexity/noExcessiveLines' + 'PerFunction'
  const exempt = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  })
    .toString()
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && existsSync(join(ROOT, file)))
    .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(rule))
  expect(exempt).toEqual(LONG_IN_TYPESCRIPT)
})

test('a long function is found, and one with a reason is not', () => {
  const body = 'select 1;\n'.repeat(60)
  const long = `create function private.long()\nreturns void\nlanguage plpgsql\nas $$\nbegin\n${body}end;\n$$;\n`
  expect(longFunctions(long)).toEqual(['private.long'])
  expect(longFunctions(`-- long because the steps are read in order.\n${long}`)).toEqual([])
  expect(longFunctions(long.replace(body, ''))).toEqual([])
})

/** The functions of a schema file that are over the limit and give no reason. */
function longFunctions(text: string): string[] {
  return [
    ...text.matchAll(
      /(^-- long because .+\n)?^create function ([\w.]+)\((?:.*\n)*?.*\bas (\$\w*\$)\n(?:.*\n)*?\3;/gm,
    ),
  ].flatMap(([statement, reason = '', name = '']) => {
    const lines = statement.slice(reason.length).split('\n').length
    return reason === '' && lines > mostLines ? [name] : []
  })
}
