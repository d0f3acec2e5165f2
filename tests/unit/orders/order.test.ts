import { expect, test } from 'vitest'
import { eventWords } from '@/components/shop/orders/details/words'
import { statusTitle, statusWords } from '@/components/shop/orders/words'
import { deskEventWords } from '@/components/staff/orders/history/words'
import { Order } from '@/lib/domain/orders/order'
import { cancelledMinor, mayCancel, mayPay } from '@/lib/domain/orders/order-rules'

const placed = Order.parse({
  order_id: 'dddddddd-0000-4000-8000-000000000001',
  number: 1001,
  status: 'placed',
  version: 1,
  ready: false,
  email: 'ada@example.org',
  name: 'Ada',
  phone: null,
  delivery: 'collection',
  collect_at: '30000000-0000-4000-8000-000000000001',
  kept_at: ['30000000-0000-4000-8000-000000000001'],
  erase_asked_at: null,
  address: null,
  currency: 'EUR',
  total_minor: 4800,
  tax_minor: 766,
  subtotal_minor: 4800,
  discount_minor: 0,
  delivery_minor: 0,
  delivery_estimate: null,
  discount_title: null,
  taxes: [],
  invoices: [],
  worth_minor: 4800,
  created_at: '2026-11-23T10:00:00+00:00',
  now: '2026-11-23T10:05:00+00:00',
  payment: {
    payment_id: 'eeeeeeee-0000-4000-8000-000000000001',
    provider: 'sandbox',
    status: 'captured',
    amount_minor: 4800,
    captured_minor: 4800,
    refund_due_minor: 0,
    refunded_minor: 0,
    deadline: '2026-11-23T10:15:00+00:00',
    in_progress: false,
  },
  items: [
    {
      id: 1,
      variant_id: 'aaaaaaaa-0000-4000-8000-000000000001',
      sku: 'JUG',
      title: 'Pour Jug',
      option_values: [],
      price_minor: 4800,
      quantity: 1,
      total_minor: 4800,
      fulfilled: 0,
      cancelled: 0,
      returned: 0,
    },
  ],
  events: [],
})
const awaiting: Order = {
  ...placed,
  status: 'awaiting_payment',
  payment: { ...placed.payment, status: 'pending', captured_minor: 0 },
}

const [shop, workshop] = [
  {
    id: '30000000-0000-4000-8000-000000000001',
    name: 'The shop',
    address: 'Touwstraat 12',
    hours: [],
    hours_note: '',
  },
  {
    id: '30000000-0000-4000-8000-000000000002',
    name: 'The workshop',
    address: 'Ketelvest',
    hours: [],
    hours_note: '',
  },
] as const

test('a buyer reads where the items are, which may not be where they are collected', () => {
  const at = (...kept: string[]) => ({ ...placed, kept_at: kept })
  const words = (order: Order) => statusWords(order, [shop, workshop])
  const closed = 'cccccccc-0000-4000-8000-000000000001'

  expect(words(at(shop.id))).toBe('Your items are reserved at the shop. It is paid.')
  expect(words(at(workshop.id))).toBe(
    'Your items are reserved at the workshop. Collect them at the shop. It is paid.',
  )
  expect(words(at(workshop.id, shop.id, closed))).toBe(
    'Your items are reserved at the shop, the workshop and another location. Collect them at the shop. It is paid.',
  )
  expect(words({ ...at(shop.id), ready: true })).toBe('Your order is ready at the shop. It is paid.')
  expect(words({ ...at(workshop.id), ready: true })).toBe(
    'Your items are packed at the workshop. Collect them at the shop. It is paid.',
  )
  expect(words({ ...at(workshop.id), delivery: 'delivery', collect_at: null })).toBe(
    'We will pack your order and send it to you. It is paid.',
  )
})

test('a buyer may call an order off until something was handed over', () => {
  const partly = { ...placed, items: placed.items.map((item) => ({ ...item, fulfilled: 1 })) }

  expect([placed, awaiting, partly, { ...placed, status: 'fulfilled' as const }].map(mayCancel)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('an order is paid while it waits, also after a refusal, until its deadline', () => {
  const declined: Order = { ...awaiting, payment: { ...awaiting.payment, status: 'declined' } }
  const late: Order = { ...awaiting, now: '2026-11-23T10:15:00+00:00' }

  expect([awaiting, declined, late, placed].map(mayPay)).toEqual([true, true, false, false])
})

test('an order is not paid again while a payment is in progress, and its page shows no earlier decline', () => {
  const trying: Order = { ...awaiting, payment: { ...awaiting.payment, in_progress: true } }

  expect(mayPay(trying)).toBe(false)
  expect(statusTitle(trying)).toBe('Awaiting payment')
  expect(statusWords(trying, [shop, workshop])).not.toContain('charged')
})

test('a parcel that was handed over is sent, and a refund is due until it is made', () => {
  const sent: Order = { ...placed, status: 'fulfilled', delivery: 'delivery', collect_at: null }
  const returned: Order = { ...sent, payment: { ...sent.payment, refund_due_minor: 4800 } }
  const refunded: Order = { ...returned, payment: { ...returned.payment, refunded_minor: 4800 } }

  expect(statusTitle(sent)).toBe('Order sent')
  expect(statusWords(returned, [])).toBe('A refund of €48.00 is due. This page shows when it is sent.')
  expect(statusWords(refunded, [])).toBe('€48.00 has been refunded.')
})

test('a cancelled part of the total is what the order is no longer worth', () => {
  expect(cancelledMinor(placed)).toBe(0)
  expect(cancelledMinor({ ...placed, worth_minor: placed.total_minor - 490 })).toBe(490)
})

test('a buyer who pays on collection reads until when the items are reserved, until they are ready', () => {
  const payment = { ...placed.payment, provider: 'on_collection', status: 'due', captured_minor: 0 } as const
  const words = (order: Partial<Order>) => statusWords({ ...placed, payment, ...order }, [shop, workshop])

  expect(words({})).toBe(
    'Your items are reserved at the shop. You pay when you collect. Reserved for you until 23 Nov 2026, 11:15.',
  )
  expect(words({ ready: true })).toBe('Your order is ready at the shop. You pay when you collect.')
  expect(words({ payment: { ...payment, deadline: null } })).toBe(
    'Your items are reserved at the shop. You pay when you collect.',
  )
})

test.for([
  [{}, 'Placed', 'Order placed, items reserved'],
  [{ amount_minor: 4800 }, 'Paid €48.00, placed', 'Paid, items reserved'],
  [{ authorised_minor: 4800 }, 'Card authorised for €48.00, placed', 'Card authorised, items reserved'],
] as const)('the history says how an order with %j was placed', ([detail, staff, buyer]) => {
  const event = { id: 1, kind: 'placed', detail, at: placed.created_at }
  expect(deskEventWords(event, 'EUR')).toBe(staff)
  expect(eventWords(event, placed)).toBe(buyer)
})
