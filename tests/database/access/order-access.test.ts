import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, guest, person, refusal, rolledBack } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, thePackingTable, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('another person’s order and an unknown order get the same response', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    await actAs(tx, guest)

    for (const id of [placed.order_id, randomUUID()]) {
      for (const verb of ['order', 'cancel'] as const) {
        const attempt = tx.savepoint((nested) => aGuest(nested)[verb](id))
        expect(await refusal(attempt)).toMatchObject({
          status: 404,
          code: 'not_found',
          detail: { order_id: id },
        })
      }
    }
  }))

test('the shop’s server with a token is the guest it belongs to, and without one the shop', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { guest: buyer, placed } = await anOrder(tx, variantId, 1)
    await actAs(tx, guest)

    expect((await aGuest(tx, buyer.token).order(placed.order_id)).number).toBe(placed.number)
    for (const token of ['', 'short', `${buyer.token}x`]) {
      for (const verb of ['order', 'cancel'] as const) {
        const attempt = tx.savepoint((nested) => aGuest(nested, token)[verb](placed.order_id))
        expect(await refusal(attempt)).toMatchObject({ status: 404, code: 'not_found' })
      }
    }
    const [asTheShop] = await tx`select public.read_order(${placed.order_id}) ->> 'order_id' as id`
    expect(asTheShop?.id).toBe(placed.order_id)
  }))

test('an account shows its own orders; tables show all to staff, and none to anybody else', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const [buyer, outsider, viewer] = [await person(tx), await person(tx), await person(tx, 'viewer')]
    await actAs(tx, buyer)
    const { placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await actAsOwner(tx)
    await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)

    for (const [who, rows] of [
      [buyer, 0],
      [viewer, 1],
      [outsider, 0],
    ] as const) {
      await actAs(tx, who)
      const [own] =
        await tx`select public.read_own_orders() as page, public.is_own_order(${placed.order_id}) as is_own,
        public.read_last_contact() as last`
      expect(own).toMatchObject(
        who === buyer
          ? {
              page: {
                total: 1,
                orders: [{ id: placed.order_id, number: placed.number, order_items: [{ quantity: 1 }] }],
              },
              is_own: true,
              last: { name: 'Ada', address: { city: 'Hamburg' } },
            }
          : { page: { total: 0, orders: [] }, is_own: false, last: {} },
      )
      expect(await tx`select from public.orders where id = ${placed.order_id}`).toHaveLength(rows)
      expect(await tx`select from public.order_items where order_id = ${placed.order_id}`).toHaveLength(rows)
      // It waited for its payment, then it was placed.
      expect(await tx`select from public.order_events where order_id = ${placed.order_id}`).toHaveLength(
        2 * rows,
      )
      expect(await tx`select from public.payments where order_id = ${placed.order_id}`).toHaveLength(rows)
    }
    await actAs(tx, viewer)
    expect(
      await tx`select orders, total_minor::int from public.customers where user_id = ${buyer.userId ?? ''}`,
    ).toMatchObject([{ orders: 1, total_minor: 1200 }])
    const [sales] =
      await tx`select sold, revenue_minor::int from public.sales_by_variant where variant_id = ${variantId}`
    expect(sales).toEqual({ sold: 1, revenue_minor: 1200 })
  }))

test('packing is for staff who change stock', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    await actAs(tx, await person(tx, 'viewer'))

    const attempt = tx.savepoint((nested) => thePackingTable(nested).fulfil(placed.order_id, locations[0]))

    expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'role_required' })
  }))
