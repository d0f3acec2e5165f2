import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { WithdrawalForm } from '@/components/shop/orders/withdrawal/withdrawal-form'
import { statusTitle, statusWords } from '@/components/shop/orders/words'
import { Parcels } from '@/components/staff/orders/parcels/parcels'
import { Troubles } from '@/components/staff/orders/troubles'
import type { OrderEvent } from '@/lib/domain/orders/order'
import { fieldsOf } from './support/live'
import { deskOrder, item, keeper, locations, order, orderId, viewer } from './support/rows'

const event = (id: number, kind: string, detail: OrderEvent['detail'] = {}): OrderEvent => ({
  id,
  kind,
  detail,
  at: '2026-11-30T10:00:00Z',
})
const sent = (...events: OrderEvent[]) =>
  order({
    status: 'fulfilled',
    delivery: 'delivery',
    collect_at: null,
    items: [item({ fulfilled: 3 })],
    events: [event(7, 'handed_over'), ...events],
  })

test('a parcel is marked as delivered, then as not delivered, and the buyer reads which', () => {
  const { unmount } = render(<Parcels order={sent()} mayChange />)
  expect(fieldsOf(screen.getByRole('form', { name: 'Mark as delivered' }))).toEqual({
    order_id: orderId,
    hand_over: '7',
    delivered: 'true',
  })
  unmount()

  const arrived = sent(event(8, 'delivered', { hand_over: 7 }))
  render(<Parcels order={arrived} mayChange />)
  expect(screen.getByText(/^Delivered /)).toBeTruthy()
  expect(fieldsOf(screen.getByRole('form', { name: 'Mark as not delivered' }))).toMatchObject({
    delivered: 'false',
  })
  expect([statusTitle(sent()), statusTitle(arrived)]).toEqual(['Order sent', 'Order delivered'])
})

test('an order whose customer withdrew is settled by a stock keeper, and a viewer only reads it', () => {
  const { unmount } = render(
    <Troubles desk={deskOrder(['withdrawn'])} rights={keeper} locations={locations} />,
  )
  expect(screen.getByRole('button', { name: 'Mark withdrawal as settled' })).toBeTruthy()
  unmount()

  render(<Troubles desk={deskOrder(['withdrawn'])} rights={viewer} locations={locations} />)
  expect(screen.getByText('Customer withdrew.', { exact: false })).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

test('a buyer states the withdrawal of an order, and its page says that it waits', () => {
  render(<WithdrawalForm order={sent()} attempt={{ withdrawal: 'too_long' }} />)

  expect(screen.getByRole('button', { name: 'Confirm withdrawal' })).toBeTruthy()
  expect(screen.getByRole('textbox', { name: 'Only these items (optional)' })).toHaveProperty(
    'ariaInvalid',
    'true',
  )
  expect(statusWords(sent(event(8, 'withdrawal_asked')), [])).toContain('You withdrew from the contract')
})
