import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack } from '@/tests/support/database'
import { countsOf, drift, endOverdue, letPass } from '@/tests/support/shop/shopping'
import { toHamburg } from '@/tests/support/totals/delivery'
import { aBuyer, addDiscount, enterCode, usesOf } from '@/tests/support/totals/discounts'

const sql = connect(2)
afterAll(() => sql.end())

test.for(['sandbox', 'stripe'] as const)(
  'an order of which nothing is to be paid by %s is placed at once',
  (online) =>
    rolledBack(sql, async (tx) => {
      await tx`update private.payment_providers set enabled = true`
      const { guest, variantId } = await aBuyer(tx)
      const discount = await addDiscount(tx, { percent_bp: 10_000, uses_limit: 1 })
      await enterCode(tx, guest.token, discount.code)

      const placed = await guest.place(online, randomUUID(), 0)

      expect(placed).toMatchObject({ status: 'placed', total_minor: 0, pay_until: null })
      expect(await guest.order(placed.order_id)).toMatchObject({
        status: 'placed',
        discount_minor: 2400,
        payment: { status: 'captured', captured_minor: 0, refund_due_minor: 0 },
      })
      await letPass(tx, '4 days')
      await endOverdue(tx)
      expect((await guest.order(placed.order_id)).status).toBe('placed')
      expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 2 })
      expect(await drift(tx)).toEqual([])

      await guest.cancel(placed.order_id)
      expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 0 })
      expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 0 })
      expect(await drift(tx)).toEqual([])
    }),
)

test('of orders placed together only the free one is placed without a payment', () =>
  rolledBack(sql, async (tx) => {
    const [free, paid] = [await aBuyer(tx), await aBuyer(tx)]
    const discount = await addDiscount(tx, { percent_bp: 10_000 })
    await enterCode(tx, free.guest.token, discount.code)
    const requests = [paid, free].map(({ guest: { token } }) => ({
      contact: { email: 'ada@example.test', name: 'Ada' },
      delivery: { method: 'delivery', address: { line1: '1 Quay', city: 'Hamburg', ...toHamburg } },
      payment: 'sandbox',
      idempotency_key: randomUUID(),
      cart_token: token,
      order_token: token,
    }))

    const [row] = await tx`select public.place_orders(${tx.json(requests)}) as answers`

    expect(row?.answers).toMatchObject([
      { order: { status: 'awaiting_payment', total_minor: 2400 } },
      { order: { status: 'placed', total_minor: 0 } },
    ])
    expect(row?.answers[0].order.pay_until).not.toBeNull()
  }))
