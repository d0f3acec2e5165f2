import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { aGuest, aToken, theCounter } from '@/tests/support/shop/shopping'
import { aCode, addDiscount, enterCode, removeCode, usesOf } from '@/tests/support/totals/discounts'

const sql = connect(16)
afterAll(() => sql.end())

const code = (error: unknown) => String(Object(error).message)

test('of fifty buyers with one code five use it, all at once, together or alone', {
  timeout: 60_000,
}, async () => {
  const { variants, locations } = await aShop(sql, 1)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], 60)
  const discount = await addDiscount(sql, { uses_limit: 5 })
  const buyers = Array.from({ length: 50 }, () => aGuest(sql, aToken()))
  await Promise.all(buyers.map((buyer) => buyer.hold(variantId)))

  const entered = await Promise.allSettled(buyers.map(({ token }) => enterCode(sql, token, discount.code)))
  const lucky = buyers.filter((_, n) => entered[n]?.status === 'fulfilled')
  const reasons = entered.flatMap((each) => (each.status === 'rejected' ? [code(each.reason)] : []))
  expect(lucky).toHaveLength(5)
  expect(new Set(reasons)).toEqual(new Set(['discount_refused']))
  expect(await usesOf(sql, discount)).toEqual({ held: 5, used: 0 })

  // Their holds run out, and all fifty try again while the five order, each alone and in a batch.
  await sql`update private.discount_claims set expires_at = now() - interval '1 second' where discount_id = ${discount.id}`
  const contact = { email: 'ada@example.test', name: 'Ada' }
  const delivery = { method: 'collection', location_id: await theCounter(sql) }
  const request = (token: string) => ({
    contact,
    delivery,
    payment: 'on_collection',
    idempotency_key: randomUUID(),
    cart_token: token,
    order_token: token,
    proof: true,
  })
  const batch = lucky.slice(0, 2).map(({ token }) => request(token))
  const [together, ...rest] = await Promise.allSettled([
    sql`select public.place_orders(${sql.json(batch)}) as answers`,
    ...lucky.slice(2).map((buyer) => buyer.place()),
    ...buyers.slice(0, 40).map(({ token }) => enterCode(sql, token, discount.code)),
  ])

  expect(together?.status).toBe('fulfilled')
  const faults = rest.flatMap((each) => (each.status === 'rejected' ? [code(each.reason)] : []))
  expect(faults.filter((each) => !['discount_refused', 'cart_empty', 'busy'].includes(each))).toEqual([])
  const { held, used } = await usesOf(sql, discount)
  expect(held + used).toBeLessThanOrEqual(5)
  const [row] = await sql`select count(*)::int as orders from public.orders
    where discount_id = ${discount.id} and status <> 'cancelled'`
  expect(used).toBe(row?.orders)
  expect([...(await sql`select * from private.discounts_drift()`)]).toEqual([])

  // Every order that was placed is cancelled at once: all uses are free again, exactly once.
  const orders =
    await sql`select id from public.orders where discount_id = ${discount.id} and status <> 'cancelled'`
  await Promise.all(orders.map(({ id }) => sql`select public.cancel_order(${id}, ${randomUUID()})`))
  expect((await usesOf(sql, discount)).used).toBe(0)
  expect([...(await sql`select * from private.discounts_drift()`)]).toEqual([])
})

test('twenty carts swap two codes at once without a deadlock', { timeout: 60_000 }, async () => {
  const { variants, locations } = await aShop(sql, 1)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], 20)
  const codes = [await addDiscount(sql), await addDiscount(sql)]
  const buyers = Array.from({ length: 20 }, () => aGuest(sql, aToken()))
  await Promise.all(buyers.map((buyer) => buyer.hold(variantId)))
  const enterAll = (round: number) =>
    Promise.all(buyers.map(({ token }, n) => enterCode(sql, token, codes[(n + round) % 2]?.code ?? '')))

  for (const round of [0, 1, 2, 3]) await enterAll(round)

  expect(await Promise.all(codes.map((each) => usesOf(sql, each)))).toEqual([
    { held: 10, used: 0 },
    { held: 10, used: 0 },
  ])
  await Promise.all(buyers.map(({ token }) => removeCode(sql, token)))
  expect(await Promise.all(codes.map((each) => usesOf(sql, each)))).toEqual([
    { held: 0, used: 0 },
    { held: 0, used: 0 },
  ])
  expect([...(await sql`select * from private.discounts_drift()`)]).toEqual([])
})

test('a code is renamed while a shopper enters it, without a deadlock', { timeout: 60_000 }, async () => {
  const { variants, locations } = await aShop(sql, 1)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], 1)
  const discount = await addDiscount(sql)
  const buyer = aGuest(sql, aToken())
  await buyer.hold(variantId)
  const changed = { title: 'Ten off', kind: 'percent', percent_bp: 1000, code: aCode() }

  const { saving } = await sql.begin(async (tx) => {
    // The first step of entering the code; the manager's change arrives now.
    await tx`select from public.discount_counts where discount_id = ${discount.id} for no key update`
    const manager = await sql.reserve()
    const [backend] = await manager`select pg_backend_pid() as pid`
    const saving = manager`select public.save_discount(${sql.json(changed)}, ${randomUUID()}, ${discount.id},
      ${discount.version}) as row`.finally(() => manager.release())
    saving.catch(() => undefined)
    await expect
      .poll(() => sql`select from pg_locks where pid = ${backend?.pid} and not granted`)
      .toHaveLength(1)
    await enterCode(tx, buyer.token, discount.code)
    return { saving }
  })

  expect((await saving)[0]?.row).toMatchObject({ code: changed.code })
  expect(await usesOf(sql, discount)).toEqual({ held: 1, used: 0 })
  await removeCode(sql, buyer.token)
})

test('a cart that another call holds is busy, for entering a code and for removing it', {
  timeout: 30_000,
}, async () => {
  const { variants, locations } = await aShop(sql, 1)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], 1)
  const discount = await addDiscount(sql)
  const buyer = aGuest(sql, aToken())
  await buyer.hold(variantId)

  const refused = await sql.begin(async (tx) => {
    await tx`select from public.carts
      where token_hash = sha256(convert_to(${buyer.token}, 'UTF8')) for update`
    return Promise.allSettled([enterCode(sql, buyer.token, discount.code), removeCode(sql, buyer.token)])
  })

  expect(refused.map((each) => each.status === 'rejected' && code(each.reason))).toEqual(['busy', 'busy'])
})
