import { expect, test } from 'vitest'
import { type Glance, judge, type Sale } from '@/tests/faults/support/verdict'

/** Looks at a page every 20 ms for a while. */
function looking(from: number, to: number, seen: Partial<Glance>): Glance[] {
  const glance = { slept: 0, left: 9, isDoubted: false, isVisible: true, ...seen }
  return Array.from({ length: (to - from) / 20 }, (_, index) => ({ ...glance, at: from + index * 20 }))
}

const sold: readonly Sale[] = [
  { left: 9, at: 0 },
  { left: 8, at: 1_000 },
]

test('a page that follows is right at once, and nothing it showed was old', () => {
  const glances = [...looking(0, 1_100, { left: 9 }), ...looking(1_100, 2_000, { left: 8 })]

  const verdict = judge(glances, sold, 1_000)

  expect(verdict).toEqual({ backwards: 0, oldestUnsaidMs: 80, recoveredMs: 100, latenciesMs: [0, 100] })
})

test('an older number after a newer one is counted', () => {
  const glances = [...looking(1_000, 2_000, { left: 8 }), ...looking(2_000, 3_000, { left: 9 })]

  expect(judge(glances, sold, 1_000).backwards).toBe(1)
})

test('a number older than five seconds is found, unless the page marks it or it is out of view', () => {
  expect(judge(looking(0, 9_000, {}), sold, 1_000).oldestUnsaidMs).toBe(7_980)
  expect(judge(looking(0, 9_000, { isDoubted: true }), sold, 1_000).oldestUnsaidMs).toBe(0)
  expect(judge(looking(0, 9_000, { isVisible: false }), sold, 1_000).oldestUnsaidMs).toBe(0)
})

test('a page that slept is old when it wakes, and has a moment to show it', () => {
  const before = looking(0, 2_000, {})
  const quick = [
    ...before,
    ...looking(2_000, 2_400, { slept: 600_000 }),
    ...looking(2_400, 4_000, { left: 8 }),
  ]
  const slow = [...before, ...looking(2_000, 4_000, { slept: 600_000 })]

  expect(judge(quick, sold, 2_000).oldestUnsaidMs).toBeLessThan(5_000)
  expect(judge(slow, sold, 2_000).oldestUnsaidMs).toBeGreaterThan(600_000)
})

test('a stalled machine is not held against the page', () => {
  const glances = [
    ...looking(0, 1_020, {}),
    ...looking(9_000, 9_100, {}),
    ...looking(9_100, 9_500, { left: 8 }),
  ]

  const { oldestUnsaidMs, recoveredMs } = judge(glances, sold, 1_000)

  expect(oldestUnsaidMs).toBeLessThan(5_000)
  expect(recoveredMs).toBeLessThan(200)
})

test('a page that never equals the database again has not recovered', () => {
  expect(judge(looking(0, 9_000, {}), sold, 1_000).recoveredMs).toBeNull()
})
