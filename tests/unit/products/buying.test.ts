import { expect, test } from 'vitest'
import { daysOf, promisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { offeredUnits } from '@/lib/domain/stock/shelf'

test.for([
  [{ band: 'low', left: 3 }, 3],
  [{ band: 'in', left: 40 }, 10],
  [{ band: 'in', left: null }, 6],
  [{ band: 'out', left: null }, 6],
] as const)('a list of quantities ends at the units that can be had: %o', ([stock, most]) => {
  expect(offeredUnits(stock, 6)).toBe(most)
})

test.for([
  ['2–3 working days', { least: 2, most: 3 }],
  ['1 day', { least: 1, most: 1 }],
  ['3 bis 5 Werktage', { least: 3, most: 5 }],
  ['2 to 4 business days', { least: 2, most: 4 }],
  ['5-2 days', null],
  ['next week', null],
  ['2 weeks', null],
  [null, null],
] as const)('the days of the estimate "%s"', ([estimate, days]) => {
  expect(daysOf(estimate)).toEqual(days)
})

const zone = (countries: string[], minor: number, isWhole = true) => ({
  countries,
  isWhole,
  rates: [
    { fromMinor: 0, minor },
    { fromMinor: 5000, minor: 0 },
  ],
  estimate: null,
})
const eur = (minor: number) => ({ minor, currency: 'EUR' })

test('the delivery that a page names is that of the shop’s own country, by the price of the goods', () => {
  const zones = [zone(['DE'], 900), zone(['FR', 'BE'], 500)]
  expect(promisedDelivery(zones, 'BE', eur(4999))).toMatchObject({ country: 'BE', price: eur(500) })
  expect(promisedDelivery(zones, 'BE', eur(5000))).toMatchObject({ country: 'BE', price: eur(0) })
  expect(promisedDelivery(zones, 'NL', eur(100))).toMatchObject({ country: 'DE', price: eur(900) })
  expect(promisedDelivery([], 'BE', eur(100))).toMatchObject({ country: null, price: eur(0) })
  expect(promisedDelivery([zone(['BE'], 300, false)], 'BE', eur(100))).toBeNull()
})
