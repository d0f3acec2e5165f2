import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OrderSheet } from '@/components/staff/orders/printing/order-sheet'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import type { SheetChoice } from '@/lib/domain/orders/sheets'
import { unnamedShop } from '@/lib/domain/settings/shop'
import { deskOrder, item, locations, order, pickLine, theCellar } from './support/rows'

const shop = { ...unnamedShop, name: 'Fewings', address: 'Touwstraat 12, 9000 Ghent', country: 'BE' }
const address = { line1: 'Laugavegur 1', postcode: '101', city: 'Reykjavík', country: 'IS' }

function print(sheet: SheetChoice['sheet'], desk: Partial<DeskOrder>): string {
  const chosen = { sheet, format: 'roll' } as const
  render(<OrderSheet chosen={chosen} desk={deskOrder([], desk)} shop={shop} locations={locations} />)
  return screen.getByRole('article').textContent ?? ''
}

test('a packing slip has the units that are left, their buyer, and no price', () => {
  const text = print('slip', { order: order({ items: [item({ quantity: 3, cancelled: 1 })] }) })

  expect(text).toContain('Collect at the shop')
  expect(text).toContain('2 ×Pour Jug, Chalk')
  expect(text).not.toMatch(/€|126/)
})

test('a pick list has what is left to pick, by location', () => {
  const lines = [
    pickLine({ picked: 3 }),
    pickLine({ location_id: theCellar.id, quantity: 2, barcode: '4006381333931' }),
  ]
  const text = print('pick', { lines })

  expect(text).toContain('The cellar☐ 2Pour Jug, ChalkJUG-1 · 4006381333931')
  expect(text).not.toContain('The shop')
})

test('a pick list without anything to pick says that', () => {
  expect(print('pick', { lines: [pickLine({ picked: 3 })] })).toContain('Nothing is left to pick.')
})

test('a delivery label has the shop, the address in its country, and the order', () => {
  const text = print('label', { order: order({ delivery: 'delivery', collect_at: null, address }) })

  expect(text).toContain('Fewings, Touwstraat 12, 9000 Ghent, Belgium')
  expect(text).toContain('Ada LovelaceLaugavegur 1101 ReykjavíkICELAND')
  expect(text).toContain('Order 1041')
})
