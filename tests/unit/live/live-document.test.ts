import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

const tests = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, 'tests', file), 'utf8') }))
const specification = readFileSync(join(ROOT, 'docs/live.md'), 'utf8').replace(/\s+/g, ' ')

test.for([...specification.matchAll(/\b_([A-Za-z][^_]+)_\b/g)].map(([, name = '']) => name))(
  '"%s" is a test',
  (name) => {
    const sentence = `${name.charAt(0).toLowerCase()}${name.slice(1)}`

    expect(tests.some(({ text }) => text.includes(sentence))).toBe(true)
  },
)

test('every rule of the live layer names a file of tests that exists', () => {
  const rules = specification.match(/ \d+\. .+?(?= \d+\. | ## |$)/g) ?? []
  const stems = tests.map(({ file }) => file.replace(/^.*\//, '').replace(/\.test\.tsx?$/, ''))

  expect(rules.length).toBeGreaterThanOrEqual(18)
  for (const rule of rules) expect(stems.some((stem) => rule.includes(stem))).toBe(true)
})
