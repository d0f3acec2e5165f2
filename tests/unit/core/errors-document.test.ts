import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { schemaFiles } from '@/commands/schema/sql-files'
import { Refusal } from '@/lib/domain/core/refusal'

const document = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
const raised = schemaFiles()
  .flatMap(({ text }) => [...text.matchAll(/refus(?:e|al)\(\s*(\d{3}),\s*'(\w+)'/g)])
  .map(([, status, code]) => ({ status, code }))
const refusals: string[] = Refusal.options.map(({ shape }) => shape.code.value)

test('every code that SQL raises is in docs/errors.md with its status', () => {
  expect(raised.length).toBeGreaterThan(0)
  for (const { status, code } of raised) {
    expect(document, `${code} with status ${status}`).toMatch(
      new RegExp(`^## ${code}\\n\\nStatus ${status}\\b`, 'm'),
    )
  }
})

test('every code that SQL raises can be read by the pages', () => {
  for (const { code } of raised) expect(refusals).toContain(code)
})

test('docs/errors.md lists no code that nothing raises', () => {
  const listed = [...document.matchAll(/^## (\w+)$/gm)].map(([, code]) => code)

  expect(listed.toSorted()).toEqual(refusals.toSorted())
})
