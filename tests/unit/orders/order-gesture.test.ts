import { expect, test } from 'vitest'
import { gestureIn } from '@/lib/domain/orders/order-gesture'

const order_id = 'cccccccc-0000-4000-8000-000000000001'
const idempotency_key = 'dddddddd-0000-4000-8000-000000000001'
const location_id = 'bbbbbbbb-0000-4000-8000-000000000001'

function form(fields: Record<string, string>): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries({ order_id, idempotency_key, ...fields })) made.set(name, value)
  return made
}

test('what is handed over are the lines of which there is something', () => {
  const asked = gestureIn(
    form({ gesture: 'fulfil_order', location_id, 'units:7': '2', 'units:8': '0', 'units:9': '' }),
  )

  expect(asked.data).toEqual({
    gesture: 'fulfil_order',
    order_id,
    idempotency_key,
    location_id,
    lines: [{ order_item_id: 7, quantity: 2 }],
  })
})

test('what comes back says what becomes of it', () => {
  const asked = gestureIn(
    form({
      gesture: 'return_items',
      location_id,
      'units:7': '1',
      'outcome:7': 'damaged',
      'outcome:8': 'restock',
    }),
  )

  expect(asked.data).toMatchObject({ lines: [{ order_item_id: 7, quantity: 1, outcome: 'damaged' }] })
})

test('nothing handed over, nothing scanned and no such gesture are told apart from a wish', () => {
  const wishes = [
    { gesture: 'fulfil_order', location_id, 'units:7': '0' },
    { gesture: 'pick_units', location_id, code: '', quantity: '1' },
    { gesture: 'burn_order' },
  ]

  expect(wishes.map((wish) => gestureIn(form(wish)).success)).toEqual([false, false, false])
})

test('a reason that was left empty is none', () => {
  expect(gestureIn(form({ gesture: 'cancel_order', reason: '' })).data).toEqual({
    gesture: 'cancel_order',
    order_id,
    idempotency_key,
  })
})
