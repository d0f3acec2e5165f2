import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'
import { createRowStore } from '@/lib/client/live/row-store'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { gather, message, product, source, state, variants } from '@/tests/support/shelf-rows'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a change of mine stays on top of what others change while it is under way', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(5)])
  const finish = rows.applyOptimistic(variants[0], {
    apply: (row) => ({ ...row, left: (row.left ?? 0) + 100 }),
  })
  vi.advanceTimersByTime(1_000)

  rows.message(message(state(6)))
  gather()
  expect(rows.shown([product], [])[0]?.left).toBe(106)

  finish([state(7)])
  expect(rows.shown([product], [])[0]?.left).toBe(7)
})

test('all rows of a response are shown, also those without an optimistic update', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(5), state(5, variants[1])])
  const finish = rows.applyOptimistic(variants[0], { apply: (row) => ({ ...row, left: 4 }) })

  finish([state(6), state(6, variants[1])])

  expect(rows.shown([product], [])).toEqual([state(6), state(6, variants[1])])
})

test('a refused change of mine is withdrawn to what the server says now', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(5)])
  const finish = rows.applyOptimistic(variants[0], { apply: (row) => ({ ...row, left: 100 }) })
  rows.message(message(state(6)))

  finish([])

  expect(rows.shown([product], [])).toEqual([state(6)])
})

test('a change of mine that arrives before its answer is not counted twice', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(5)])
  const isIn = (before: ShelfRow, after: ShelfRow) => after.left === (before.left ?? 0) + 1
  const finish = rows.applyOptimistic(variants[0], {
    apply: (row) => ({ ...row, left: (row.left ?? 0) + 1 }),
    isIn,
  })
  const painted: (number | null | undefined)[] = []
  rows.on(
    () => [product],
    () => painted.push(rows.shown([product], [])[0]?.left),
  )

  rows.message(message(state(6)))
  vi.advanceTimersByTime(1_000)
  finish([state(6)])

  expect(new Set(painted)).toEqual(new Set([6]))
})

test('two quick changes of mine do not flicker when the first is answered', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(5)])
  const add = { apply: (row: ShelfRow) => ({ ...row, left: (row.left ?? 0) + 1 }), isIn: () => true }
  const finishFirst = rows.applyOptimistic(variants[0], { ...add })
  const finishSecond = rows.applyOptimistic(variants[0], { ...add })

  finishFirst([state(6)])
  expect(rows.shown([product], [])[0]?.left).toBe(7)

  finishSecond([state(7)])
  expect(rows.shown([product], [])[0]?.left).toBe(7)
})

test('a change shows on top of what the server rendered, before anything else was heard', () => {
  const rows = createRowStore(source, createRenderScheduler())
  const first = [state(1)]
  rows.start(first)

  rows.applyOptimistic(variants[0], { apply: (row) => ({ ...row, left: 100 }) })

  expect(rows.shown([product], first)).toMatchObject([{ left: 100 }])
})
