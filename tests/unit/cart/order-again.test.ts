import { expect, test } from 'vitest'
import type { AddToCart } from '@/lib/domain/cart/cart-request'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { holdAgain } from '@/lib/server/cart/order-again'
import { item } from '@/tests/component/staff/support/rows'

const key = '5a0c0000-0000-4000-8000-000000000001'

/** A shelf with so many units, beside those that the cart has. */
function shelfOf(left: number, inCart = 0) {
  const asked: AddToCart[] = []
  const hold = async (request: AddToCart): Promise<Result<unknown>> => {
    asked.push(request)
    if (request.quantity <= left) return accepted({})
    const { variant_id, quantity } = request
    const line = { variant_id, wanted: quantity + inCart, left: left + inCart, siblings: [] }
    return refused({ code: 'not_enough_left', detail: { short: [line] } })
  }
  return { asked, hold }
}

test('an item that is short gets the units that are left, beside those in the cart', async () => {
  const { hold } = shelfOf(2, 1)
  const again = await holdAgain({ items: [item({ quantity: 3 })] }, key, hold)
  expect(again).toMatchObject({ added: 2, fewer: [{ wanted: 3, got: 2 }], stopped: false })
})

test('a sold-out item gets nothing, and is asked for once', async () => {
  const { asked, hold } = shelfOf(0)
  const again = await holdAgain({ items: [item({ quantity: 3 })] }, key, hold)
  expect(again).toMatchObject({ added: 0, fewer: [{ wanted: 3, got: 0 }] })
  expect(asked).toHaveLength(1)
})

test('a form that is sent twice sends the same keys', async () => {
  const { asked, hold } = shelfOf(5)
  await holdAgain({ items: [item({ quantity: 3 })] }, key, hold)
  await holdAgain({ items: [item({ quantity: 3 })] }, key, hold)
  expect(asked[0]?.idempotency_key).toBe(asked[1]?.idempotency_key)
})

test('a refused caller ends the order again', async () => {
  const again = await holdAgain({ items: [item({}), item({})] }, key, async () =>
    refused({ code: 'too_many_requests', detail: { retry_after_seconds: 60 } }),
  )
  expect(again).toMatchObject({ added: 0, fewer: [], stopped: true })
})
