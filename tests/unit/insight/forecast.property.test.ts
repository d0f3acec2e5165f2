import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betaAtMost, betaOdds, emptyIn } from '@/lib/domain/insight/forecast'

const units = fc.integer({ min: 1, max: 20_000 })
const sold = fc.integer({ min: 0, max: 20_000 })
const hours = fc.double({ min: 0.25, max: 168, noNaN: true })

test('the last unit is gone as the closed formula says', () => {
  fc.assert(
    fc.property(sold, hours, (n, t) => {
      const by = (chance: number) => t * ((1 - chance) ** (-1 / (n + 0.5)) - 1)
      const { soonest, likely, latest } = emptyIn(1, n, t)
      expect(soonest / by(0.1)).toBeCloseTo(1, 6)
      expect(likely / by(0.5)).toBeCloseTo(1, 6)
      expect(latest / by(0.9)).toBeCloseTo(1, 6)
    }),
  )
})

test('the chance of a range is the chance it was asked for', () => {
  fc.assert(
    fc.property(units, sold, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (k, n, chance) => {
      expect(betaAtMost(betaOdds(chance, k, n + 0.5), k, n + 0.5)).toBeCloseTo(chance, 6)
    }),
  )
})

test('more on the shelf lasts longer, and what sells faster is gone sooner', () => {
  fc.assert(
    fc.property(units, sold, hours, (k, n, t) => {
      const now = emptyIn(k, n, t)
      expect(now.soonest).toBeLessThan(now.likely)
      expect(now.likely).toBeLessThan(now.latest)
      expect(emptyIn(k + 1, n, t).likely).toBeGreaterThan(now.likely)
      expect(emptyIn(k, n + 1, t).likely).toBeLessThan(now.likely)
    }),
  )
})

test('the same pace seen for longer says more: the range is narrower', () => {
  const width = ({ soonest, latest }: ReturnType<typeof emptyIn>) => latest / soonest
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 2_000 }), hours, (k, n, t) => {
      expect(width(emptyIn(k, 4 * n, 4 * t))).toBeLessThan(width(emptyIn(k, n, t)))
    }),
  )
})

test('a pace of ten an hour empties a shelf of fifty in about five', () => {
  const { soonest, likely, latest } = emptyIn(50, 240, 24)
  expect(likely).toBeGreaterThan(4.8)
  expect(likely).toBeLessThan(5.2)
  expect(soonest).toBeGreaterThan(3.8)
  expect(latest).toBeLessThan(6.3)
})
