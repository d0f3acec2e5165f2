import { expect, test } from 'vitest'
import { UnitsDelta } from '@/lib/domain/stock/stock'

test.for([
  ['+3', 3],
  ['3', 3],
  [' -2 ', -2],
  ['−2', -2],
  ['1000000', 1_000_000],
] as const)('typing %s books %i units', ([typed, delta]) => {
  expect(UnitsDelta.parse(typed)).toBe(delta)
})

test.for(['', '0', '-0', '+', '2.5', '1e3', '3 pcs', '1000001', '--2'])(
  'typing %j books nothing',
  (typed) => {
    expect(UnitsDelta.safeParse(typed).success).toBe(false)
  },
)
