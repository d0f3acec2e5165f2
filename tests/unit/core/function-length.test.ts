import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { schemaFiles } from '@/commands/schema/sql-files'

// SQL: at most 60 lines a function and 120 columns a line. TypeScript: Biome allows 60 lines for a hook and 80 for another
// function (biome.json); the list below names the exceptions. An exception states its reason.
const mostLines = 60
const mostColumns = 120

/** TypeScript functions over the limit, by file. The suppression comment in the file says why. */
const LONG_IN_TYPESCRIPT = [
  'components/staff/grid/inventory-grid.tsx',
  'components/staff/shell/refusal-words.ts',
  'lib/client/live/row-store.ts',
  'lib/client/live/transport/shared-socket.ts',
  'tests/kernel/count.test.ts',
]

test('an SQL function over 60 lines gives its reason in a comment "-- long because …" above it', () => {
  expect(schemaFiles().flatMap(({ text }) => longFunctions(text))).toEqual([])
})

test('no line of SQL is wider than 120 columns', () => {
  const wide = schemaFiles().flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => (line.length > mostColumns ? [`${path}:${at + 1}`] : [])),
  )
  expect(wide, 'Break these lines by clause or by argument').toEqual([])
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
