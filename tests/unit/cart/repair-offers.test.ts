import { expect, test } from 'vitest'
import { Repair } from '@/lib/domain/cart/cart-request'
import { repairOffers } from '@/lib/domain/cart/repair-offers'

const chalk = 'aaaaaaaa-0000-4000-8000-000000000001'
const rust = 'aaaaaaaa-0000-4000-8000-000000000002'
const cobalt = 'aaaaaaaa-0000-4000-8000-000000000003'

test('a shopper who wants three of one left is offered the one, or as many of a sibling as there are', () => {
  const offers = repairOffers({
    variant_id: chalk,
    wanted: 3,
    left: 1,
    siblings: [
      { variant_id: rust, option_values: ['Rust'], left: 2 },
      { variant_id: cobalt, option_values: ['Cobalt'], left: null },
    ],
  })

  expect(offers.map(({ quantity, optionValues }) => [quantity, optionValues])).toEqual([
    [1, null],
    [2, ['Rust']],
    [3, ['Cobalt']],
  ])
  expect(offers.map(({ value }) => Repair.parse(value))).toEqual([
    { variant_id: chalk, by: -2 },
    { variant_id: chalk, sibling_id: rust, quantity: 2 },
    { variant_id: chalk, sibling_id: cobalt, quantity: 3 },
  ])
})

test('of what is gone nothing is offered but a sibling', () => {
  expect(repairOffers({ variant_id: chalk, wanted: 1, left: 0, siblings: [] })).toEqual([])
})

test.for(['', chalk, `${chalk} 2`, `${chalk} -100`, `${chalk} ${rust}`, `${chalk} ${rust} 0`, 'x -1'])(
  '"%s" is no repair',
  (value) => {
    expect(Repair.safeParse(value).success).toBe(false)
  },
)
