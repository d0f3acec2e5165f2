import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

const folder = join(ROOT, 'docs/decisions')
const decisions = readdirSync(folder).filter((name) => name.endsWith('.md'))

test('no two decisions have one number', () => {
  const numbers = decisions.map((name) => name.slice(0, 4))
  expect(numbers.filter((number, n) => numbers.indexOf(number) !== n)).toEqual([])
})

test.each(decisions)('%s has its number in its title', (name) => {
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(new RegExp(`^# ${name.slice(0, 4)}\\b`))
})
