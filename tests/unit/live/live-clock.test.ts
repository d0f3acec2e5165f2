import { expect, test } from 'vitest'
import { createClock } from '@/lib/client/live/clock'

function clocks() {
  const set = { monotonic: 500, wall: 1_700_000_000_000 }
  return {
    set,
    now: createClock(
      () => set.monotonic,
      () => set.wall,
    ),
  }
}

test('a laptop that slept knows for how long, though its monotonic clock stopped', () => {
  const { set, now } = clocks()
  const before = now()
  set.wall += 600_000

  expect(now() - before).toBe(600_000)
})

test('a wall clock set back does not make anything younger', () => {
  const { set, now } = clocks()
  const before = now()
  set.monotonic += 2_000
  set.wall -= 3_600_000

  expect(now() - before).toBe(2_000)
})

test('a wrong wall clock does not matter while it runs evenly', () => {
  const { set, now } = clocks()
  const before = now()
  set.monotonic += 1_500
  set.wall += 1_500

  expect(now() - before).toBe(1_500)
})
