import { expect, test } from 'vitest'
import { problemsByKind } from '@/lib/domain/imports/problem'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

const bytes = (lines: readonly string[]) =>
  new TextEncoder().encode(
    ['Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty', ...lines].join('\n'),
  )

test('conflicts of one kind with many variants are one entry', () => {
  const conflict = (n: number) => ({
    line: n + 1,
    column: 'Variant SKU',
    value: `SKU-${n}`,
    why: `is or would become "mug Blue ${n}" (SKU "MUG-${n}")`,
  })

  expect(problemsByKind(Array.from({ length: 400 }, (_, n) => conflict(n)))).toEqual([
    { ...conflict(0), why: expect.stringContaining('(400 times: also line 2 "SKU-1"; line 3 "SKU-2"; …)') },
  ])
})

test('a file of 10,000 bad prices and one bad quantity is judged by two lines', () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `cup-${index},Cup,CUP-${index},${index}x,3`)
  const file = parseFile(bytes([...lines, 'jug,Jug,JUG,9.00,many']), 'EUR')

  if (file.ok) throw new Error('the file was read')
  expect(problemsByKind(file.error)).toMatchObject([
    {
      line: 2,
      column: 'Variant Price',
      value: '0x',
      why: expect.stringContaining('(10000 times: also line 3 "1x"; line 4 "2x"; …)'),
    },
    { line: 10_002, column: 'Variant Inventory Qty', value: 'many' },
  ])
})

test('three problems of a kind are listed each; numbers in a reason make no other kind', () => {
  const problem = (line: number) => ({ line, column: 'SKU', value: `${line}`, why: `is more than ${line}` })

  expect(problemsByKind([1, 2, 3].map(problem))).toEqual([1, 2, 3].map(problem))
  expect(problemsByKind([1, 2, 3, 4].map(problem))).toEqual([
    { ...problem(1), why: 'is more than 1 (4 times: also line 2 "2"; line 3 "3"; …)' },
  ])
})

test('problems beyond fifty kinds are counted', () => {
  const problems = Array.from({ length: 60 }, (_, index) => ({
    line: index + 1,
    column: `Column ${index}`,
    value: null,
    why: 'is missing',
  }))

  expect(problemsByKind(problems).at(-1)).toEqual({
    line: null,
    column: '',
    value: null,
    why: 'and 10 more problems',
  })
})
