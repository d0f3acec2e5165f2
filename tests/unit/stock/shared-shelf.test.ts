import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Overloaded } from '@/lib/domain/core/together'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { createSharedShelf, roundMs, type ShelfKey } from '@/lib/server/stock/shared-shelf'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const lamp: ShelfKey = 'product_id=lamp'
const vase: ShelfKey = 'product_id=vase'

function row(product_id: string, version = 1): ShelfRow {
  return { variant_id: `${product_id}-1`, product_id, band: 'low', left: version, version }
}

/** A shelf whose statements the test answers, in the order in which they began. */
function aShelf() {
  const statements: {
    keys: readonly ShelfKey[]
    at: number
    answer(rows: ShelfRow[]): void
    fail(): void
  }[] = []
  const shelf = createSharedShelf(
    (keys) =>
      new Promise((answer, refuse) => {
        statements.push({ keys, at: performance.now(), answer, fail: () => refuse(new Error('no database')) })
      }),
  )
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { ...shelf, statements, pass }
}

test('ten thousand pages cost fewer than three statements a second, one at a time', async () => {
  const { roundOf, statements, pass } = aShelf()
  const began = performance.now()
  for (let ms = 0; ms < 6_000; ms += 50) {
    for (let page = 0; page < 500; page += 1) void roundOf([page % 2 ? lamp : vase])
    await pass(50)
    for (const { answer } of statements) answer([row('lamp'), row('vase')])
  }

  const seconds = (performance.now() - began) / 1_000
  expect(statements.length / seconds).toBeLessThan(3)
  expect(statements.length / seconds).toBeGreaterThan(2)
  const gaps = statements.slice(1).map(({ at }, index) => at - (statements[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(roundMs)
})

test('one page that asks is read for at once, and while nobody asks there is no statement', async () => {
  const { roundOf, statements, pass } = aShelf()
  const asked = roundOf([lamp])
  await pass(0)
  statements[0]?.answer([row('lamp')])
  expect((await asked).rows.get(lamp)).toEqual([row('lamp')])

  await pass(60_000)

  expect(statements).toHaveLength(1)
})

test('a row that is asked for the first time is in the next statement, with those asked for lately', async () => {
  const { roundOf, statements, pass } = aShelf()
  void roundOf([lamp])
  await pass(0)
  statements[0]?.answer([row('lamp')])
  await pass(10)
  const asked = roundOf([vase])
  await pass(roundMs)
  expect(statements[1]?.keys).toEqual([lamp, vase])
  statements[1]?.answer([row('lamp', 2)])

  const { rows } = await asked
  expect(rows.get(lamp)).toEqual([row('lamp', 2)])
  // Deleted, or never there: an empty list, which is an answer.
  expect(rows.get(vase)).toEqual([])

  await pass(6_000)
  void roundOf([vase])
  await pass(0)
  expect(statements[2]?.keys).toEqual([vase])
})

test('an age counts from when the statement began, however long it took', async () => {
  const { roundOf, statements, pass } = aShelf()
  const began = performance.now()
  const first = roundOf([lamp])
  await pass(2_000)
  const second = roundOf([lamp])
  await pass(500)
  expect(statements).toHaveLength(1)
  statements[0]?.answer([row('lamp')])

  expect((await first).beganAt).toBe(began)
  expect((await second).beganAt).toBe(began)
  // It is too old for the next one by now.
  void roundOf([lamp])
  await pass(0)
  expect(statements).toHaveLength(2)
})

test('a statement that fails answers nobody, and the next one is tried', async () => {
  const { roundOf, statements, pass } = aShelf()
  void roundOf([lamp])
  await pass(0)
  statements[0]?.answer([row('lamp')])
  await pass(roundMs)
  const failing = roundOf([lamp])
  const refused = expect(failing).rejects.toThrow('no database')
  await pass(0)
  statements[1]?.fail()
  await refused

  const next = roundOf([lamp])
  await pass(roundMs)
  statements[2]?.answer([row('lamp', 3)])
  expect((await next).rows.get(lamp)).toEqual([row('lamp', 3)])
})

test('a request that waited longer than its ids are kept is refused, and not told that there are no rows', async () => {
  const { roundOf, statements, pass } = aShelf()
  void roundOf([lamp])
  await pass(0)
  const refused = expect(roundOf([vase])).rejects.toThrow(Overloaded)
  await pass(6_000)
  statements[0]?.answer([row('lamp')])
  await pass(roundMs)
  statements[1]?.answer([])

  await refused
})

test('more ids than one statement may read are refused, and those that are read already are not', async () => {
  const { roundOf, unwatched, pass } = aShelf()
  const ids = Array.from({ length: 5_000 }, (_, index): ShelfKey => `product_id=${index}`)
  void roundOf(ids)
  await pass(0)

  expect([unwatched(ids), unwatched([lamp])]).toEqual([0, 1])
  await expect(roundOf([lamp])).rejects.toThrow(Overloaded)
  void roundOf(ids.slice(0, 1))

  await pass(6_000)
  void roundOf([lamp])
  expect(unwatched([lamp])).toBe(0)
})
