import { expect, test } from 'vitest'
import { setShopFormat } from '@/lib/domain/core/shop-format'
import { csvLines } from '@/lib/domain/exports/csv'
import { type ExportedOrder, orderHeading, orderRecords } from '@/lib/domain/exports/order-records'
import { momentsOf, Period } from '@/lib/domain/orders/period'

const item = {
  ...{ order_id: 'dddddddd-0000-4000-8000-000000000001', sku: 'JUG', title: 'Jug', option_values: ['Blue'] },
  ...{ price_minor: 1200, discount_minor: 100, tax_rate_bp: 750, tax_minor: 160, quantity: 2 },
  ...{ fulfilled: 1, cancelled: 1, returned: 0 },
}
const order: ExportedOrder = {
  ...{ id: item.order_id, number: 1001, status: 'placed', cancelled_at: null, currency: 'EUR' },
  created_at: '2026-11-23T10:00:00+00:00',
  ...{ subtotal_minor: 2400, discount_minor: 100, delivery_minor: 500, tax_minor: 160, total_minor: 2800 },
  ...{
    discount_title: null,
    delivery: 'delivery',
    email: 'ada@example.org',
    name: '=HYPERLINK("x")',
    phone: '+1',
  },
  address: { line1: 'Laugavegur 1', postcode: '101', city: 'Reykjavík', country: 'IS' },
  payments: { provider: 'stripe', status: 'captured', captured_minor: 2800, refunded_minor: 0 },
  items: [item, { ...item, sku: 'MUG' }],
}

test('an order has a row for each item, and its totals in the first row alone', () => {
  const [first = [], second = []] = orderRecords(order).map((cells) =>
    Object.fromEntries(cells.map((cell, at) => [orderHeading[at], cell])),
  )

  expect(first).toMatchObject({ Name: '#1001', Total: '28.00', 'Shipping City': 'Reykjavík' })
  expect(first).toMatchObject({
    'Lineitem name': 'Jug, Blue',
    'Lineitem tax rate': '7.5',
    'Lineitem cancelled': '1',
  })
  expect(second).toMatchObject({ Name: '#1001', Total: '', 'Shipping City': '', 'Lineitem sku': 'MUG' })
  expect(orderRecords(order).map(({ length }) => length)).toEqual([orderHeading.length, orderHeading.length])
})

test('no cell of a buyer is a formula in a spreadsheet', () => {
  const [line = ''] = csvLines(orderRecords(order)).split('\n')

  expect(line).toContain(`"'=HYPERLINK(""x"")"`)
  expect(line).toContain("'+1")
})

test('a period is whole days of the shop, and what is no day is no limit', () => {
  setShopFormat({ locale: 'nl-BE', timeZone: 'Europe/Brussels' })
  // Summer time begins within it.
  expect(momentsOf(Period.parse({ from: '2026-03-01', to: '2026-03-31' }))).toEqual({
    since: '2026-02-28T23:00:00.000Z',
    before: '2026-03-31T22:00:00.000Z',
  })
  for (const day of ['', '2026-02-31', '9999-12-31', '1026-01-01', 'x', '2026-3-1'])
    expect(momentsOf(Period.parse({ from: day, to: day }))).toEqual({ since: null, before: null })
  expect(momentsOf(Period.parse({ from: ['2026-03-01'] }))).toEqual({ since: null, before: null })
})
