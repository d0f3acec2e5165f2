import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actionsInTree, cachedInTree, cachesInTree, documented, routesInTree } from '@/tests/support/surface'

// The half of docs/surface.md that is code; tests/database/access/surface.test.ts has the database's.

const said = (heading: string, ...columns: string[]) =>
  documented(heading).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))

test('every page and route is in docs/surface.md with the role it asks for', () => {
  expect(said('Pages and routes', 'name', 'least')).toEqual(routesInTree())
})

test('every server action is in docs/surface.md with its first check', () => {
  expect(said('Actions', 'name', 'least')).toEqual(actionsInTree())
})

test('every cached function is in docs/surface.md, and looks at its arguments first', () => {
  expect(said('Cached functions', 'name', 'takes')).toEqual(cachedInTree())
  expect(cachesInTree()).toBe(cachedInTree().length)
  for (const { name, takes } of cachedInTree().filter(({ takes }) => takes === 'arguments')) {
    const [file = '', called] = name.split('#')
    const first = new RegExp(
      `function ${called}\\([^\\n]*\\{\\n\\s*'use cache'\\n\\s*if \\(!\\w+\\.safeParse\\(`,
    )
    expect(readFileSync(file, 'utf8'), `${name} ${takes}`).toMatch(first)
  }
})

test('every action for shoppers measures what it is sent', () => {
  const unmeasured = actionsInTree()
    .filter(({ least }) => least === 'anybody')
    .map(({ name }) => name)
  const measured = documented('Actions')
    .filter(({ limits }) => limits !== '')
    .map(({ name }) => name)
  expect(unmeasured.filter((name) => !measured.includes(name))).toEqual([])
})

test.for(['Tables and views', 'Functions', 'Channels', 'Pages and routes', 'Actions', 'Cached functions'])(
  '%s: every row names its limits and a test that is there',
  (heading) => {
    const rows = documented(heading)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row.limits, JSON.stringify(row)).not.toBe('')
      for (const file of row.test?.split(', ') ?? [''])
        expect(existsSync(file), JSON.stringify(row)).toBe(true)
    }
  },
)
