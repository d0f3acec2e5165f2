import { expect, test } from 'vitest'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import {
  Adjustment,
  Delivery,
  deliveryFields,
  Transfer,
  transferFields,
} from '@/lib/domain/stock/stock-request'

const variant = 'aaaaaaaa-0000-4000-8000-000000000001'
const [shop, store] = ['bbbbbbbb-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002']
const key = 'cccccccc-0000-4000-8000-000000000001'

function form(fields: [string, string][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

test('an adjustment is read from its form, and an empty note is no note', () => {
  const fields = fieldsIn(
    form([
      ['variant_id', variant],
      ['location_id', shop],
      ['delta', '−2'],
      ['reason', 'damage'],
      ['note', ''],
      ['idempotency_key', key],
    ]),
  )

  expect(Adjustment.parse(fields)).toEqual({
    variant_id: variant,
    location_id: shop,
    delta: -2,
    reason: 'damage',
    idempotency_key: key,
  })
})

test('a recount cannot be passed off as an adjustment', () => {
  const read = Adjustment.safeParse({
    variant_id: variant,
    location_id: shop,
    delta: '3',
    reason: 'recount',
    idempotency_key: key,
  })

  expect(read.success).toBe(false)
})

test('lines of a delivery that were left empty are no lines', () => {
  const read = Delivery.safeParse(
    deliveryFields(
      form([
        ['location_id', shop],
        ['document', 'DN-7'],
        ['idempotency_key', key],
        ['code', 'MUG-1'],
        ['quantity', '12'],
        ['code', ''],
        ['quantity', ''],
      ]),
    ),
  )

  expect(read.data?.lines).toEqual([{ code: 'MUG-1', quantity: 12 }])
})

test('a line without a quantity is named', () => {
  const read = Delivery.safeParse(
    deliveryFields(
      form([
        ['location_id', shop],
        ['document', 'DN-7'],
        ['idempotency_key', key],
        ['code', 'MUG-1'],
        ['quantity', '2'],
        ['code', 'MUG-2'],
        ['quantity', '0'],
      ]),
    ),
  )

  expect(read.error && invalidInput(read.error)).toMatchObject({
    code: 'invalid_input',
    detail: { field: 'lines[1].quantity' },
  })
})

test('a transfer form moves one variant from one place to the other', () => {
  const read = Transfer.safeParse(
    transferFields(
      form([
        ['variant_id', variant],
        ['from_location_id', shop],
        ['to_location_id', store],
        ['quantity', '4'],
        ['idempotency_key', key],
      ]),
    ),
  )

  expect(read.data).toMatchObject({
    from_location_id: shop,
    to_location_id: store,
    lines: [{ variant_id: variant, quantity: 4 }],
  })
})
