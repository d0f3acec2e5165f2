import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Troubles } from '@/components/staff/orders/troubles'
import type { StockRights } from '@/lib/domain/people/staff'
import { fieldsOf } from './support/live'
import { deskOrder, keeper, locations, manager, theCellar, theShop, viewer } from './support/rows'

const show = (desk: Parameters<typeof deskOrder>, rights: StockRights) =>
  render(<Troubles desk={deskOrder(...desk)} rights={rights} locations={locations} />)

test('an order without problems shows none', () => {
  show([[]], manager)

  expect(screen.queryByRole('heading', { name: 'Needs attention' })).toBeNull()
})

test('a manager refunds; a stock keeper reads that only managers can', () => {
  const { unmount } = show([['refund_due']], manager)
  expect(screen.getByRole('button', { name: 'Refund €42.00' })).toBeTruthy()
  unmount()

  show([['refund_due']], keeper)
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('Only managers can refund.')).toBeTruthy()
})

test('a viewer cannot mark the customer as told', () => {
  const { unmount } = show([['short']], keeper)
  expect(screen.getByRole('button', { name: 'Mark customer as told' })).toBeTruthy()
  unmount()

  show([['short']], viewer)
  expect(screen.queryByRole('button')).toBeNull()
})

test('a return is inspected where it lies, with all its units to restock at first', () => {
  const awaitingInspection = [
    { id: 7, order_item_id: 1, location_id: theShop.id, quantity: 2 },
    { id: 8, order_item_id: 1, location_id: theCellar.id, quantity: 1 },
  ]
  show([['inspect'], { awaitingInspection }], keeper)

  const form = screen.getByRole('form', { name: 'Inspect return' })
  expect(within(form).getByLabelText('Units to restock')).toHaveProperty('max', '2')
  expect(fieldsOf(form)).toEqual({ return_id: '7', restocked: '2' })
  expect(
    screen.getByText('You can view stock at The cellar, but not change it. Ask a manager for access.'),
  ).toBeTruthy()
})
