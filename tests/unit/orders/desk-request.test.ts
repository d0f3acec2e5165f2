import { expect, test } from 'vitest'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import {
  CancelByStaff,
  Fulfilment,
  ItemsReturn,
  itemFields,
  PickRequest,
} from '@/lib/domain/orders/desk-request'

const order_id = 'cccccccc-0000-4000-8000-000000000001'
const idempotency_key = 'dddddddd-0000-4000-8000-000000000001'
const location_id = 'bbbbbbbb-0000-4000-8000-000000000001'

function form(fields: Record<string, string>): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries({ order_id, idempotency_key, ...fields })) made.set(name, value)
  return made
}

test('the lines of a fulfilment are those with units', () => {
  const asked = Fulfilment.safeParse(
    itemFields(form({ location_id, 'units:7': '2', 'units:8': '0', 'units:9': '' })),
  )

  expect(asked.data).toEqual({
    order_id,
    idempotency_key,
    location_id,
    lines: [{ order_item_id: 7, quantity: 2 }],
  })
})

test('each line of a return has its disposition', () => {
  const asked = ItemsReturn.safeParse(
    itemFields(form({ location_id, 'units:7': '1', 'outcome:7': 'damaged', 'outcome:8': 'restock' })),
  )

  expect(asked.data).toMatchObject({ lines: [{ order_item_id: 7, quantity: 1, outcome: 'damaged' }] })
})

test('a fulfilment without units and a scan without a code are refused', () => {
  const nothing = itemFields(form({ location_id, 'units:7': '0' }))
  const blank = fieldsIn(form({ location_id, code: '', quantity: '1' }))

  expect([Fulfilment.safeParse(nothing).success, PickRequest.safeParse(blank).success]).toEqual([
    false,
    false,
  ])
})

test('a cancellation with an empty reason has none', () => {
  expect(CancelByStaff.parse(fieldsIn(form({ reason: '' })))).toEqual({ order_id, idempotency_key })
})
