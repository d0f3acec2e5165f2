import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  aShop,
  connect,
  deliver,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'

const sql = connect(3)
afterAll(() => sql.end())

/** A variant that changes with every unit, in a shop that broadcasts its stock. */
async function aBroadcast(tx: Tx, units = 20) {
  await tx`update public.shop_settings set stock_broadcast = true`
  const shop = await aShop(tx)
  const variantId = shop.variants[0] ?? ''
  await tx`update public.products set limited = true where id = ${shop.productId}`
  await deliver(tx, variantId, shop.locations[0], units)
  const sent = async () =>
    (
      await tx<{ payload: { new: { left: number } } }[]>`select payload from realtime.messages
      where topic = ${`shelf:${shop.productId}`} order by (payload -> 'new' ->> 'version')::integer`
    ).map(({ payload }) => payload)
  return {
    ...shop,
    variantId,
    sent,
    sell: () =>
      tx`select from public.adjust_stock(${variantId}, ${shop.locations[0]}, -1, 'correction', ${randomUUID()})`,
    /** Lets the last second pass for this variant. */
    laterOn: () =>
      tx`update private.shelf_broadcasts set sent_at = array[sent_at[1] - interval '2 seconds'] where variant_id = ${variantId}`,
    async announced() {
      const [found] = await tx<{ shelf: { announced: boolean | null }[] }[]>`
        select private.read_shelf(${[shop.productId]}, '{}') as shelf`
      return found?.shelf[0]?.announced
    },
  }
}

test('a shop that did not ask for it broadcasts no stock', () =>
  rolledBack(sql, async (tx) => {
    const goods = await aBroadcast(tx)
    await tx`update public.shop_settings set stock_broadcast = false`
    const before = await goods.sent()

    await goods.laterOn()
    await goods.sell()

    expect(await goods.sent()).toEqual(before)
    expect(await goods.announced()).toBeNull()
  }))

test('a change of the shelf is sent in the shape of a change, with the columns that a page selects', () =>
  rolledBack(sql, async (tx) => {
    const goods = await aBroadcast(tx)
    await goods.laterOn()

    await goods.sell()

    const [message] = await tx`select topic, event, private, extension, payload from realtime.messages
      where topic = ${`shelf:${goods.productId}`} order by (payload -> 'new' ->> 'version')::integer desc limit 1`
    const [shelf] = await tx`select variant_id, product_id, band, "left", version::int from public.shelf
      where variant_id = ${goods.variantId}`
    expect(message).toMatchObject({ event: 'changed', private: true, extension: 'broadcast' })
    expect(message?.payload).toEqual({
      id: expect.any(String),
      table: 'shelf',
      commit_timestamp: expect.any(String),
      new: { ...shelf },
    })
    expect(await goods.announced()).toBe(true)
  }))

test('a busy row is sent four times a second: the first three changes, and the latest when the server asks', () =>
  rolledBack(sql, async (tx) => {
    const goods = await aBroadcast(tx)
    await goods.laterOn()
    const before = (await goods.sent()).length

    for (let sale = 0; sale < 10; sale += 1) await goods.sell()
    expect((await goods.sent()).slice(before).map((sent) => sent.new.left)).toEqual([19, 18, 17])
    expect(await goods.announced()).toBe(false)

    await tx`select public.broadcast_shelf(${[goods.variantId]})`
    await tx`select public.broadcast_shelf(${[goods.variantId]})`
    await goods.sell()
    await tx`select public.broadcast_shelf(${[goods.variantId]})`
    expect((await goods.sent()).slice(before).map((sent) => sent.new.left)).toEqual([19, 18, 17, 10])

    await goods.laterOn()
    await tx`select public.broadcast_shelf(${[goods.variantId]})`
    expect((await goods.sent()).at(-1)?.new.left).toBe(9)
    expect(await goods.announced()).toBe(true)
  }))

test('a statement that changes more than a hundred rows sends none, and the server has those sent that pages follow', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set stock_broadcast = true`
    const { productId, variants } = await aShop(tx, 101)
    const sent = async () =>
      (await tx`select from realtime.messages where topic = ${`shelf:${productId}`}`).length
    await tx`insert into private.shelf_broadcasts select variant_id, version, array[now() - interval '1 hour']
      from public.shelf where product_id = ${productId}`

    await tx`update public.products set status = 'archived' where id = ${productId}`
    expect(await sent()).toBe(0)

    await tx`select public.broadcast_shelf(${variants.slice(0, 100)})`
    expect(await sent()).toBe(100)
  }))

test('a sale is not stopped by a message that cannot be sent', () =>
  rolledBack(sql, async (tx) => {
    const goods = await aBroadcast(tx)
    await goods.laterOn()
    const before = await goods.sent()
    await tx`alter table private.shelf_broadcasts rename to out_of_order`

    await goods.sell()

    expect(await tx`select "left" from public.shelf where variant_id = ${goods.variantId}`).toMatchObject([
      { left: 19 },
    ])
    expect(await goods.sent()).toEqual(before)
  }))

test('a sale does not wait for a variant that is being sent by another connection', async () => {
  const shop = await aShop(sql)
  const variantId = shop.variants[0] ?? ''
  await sql`insert into private.shelf_broadcasts values (${variantId}, 0, array[now() - interval '1 hour'])`
  await sql.begin(async (other) => {
    await other`select from private.shelf_broadcasts where variant_id = ${variantId} for update`
    await rolledBack(sql, async (tx) => {
      await tx`update public.shop_settings set stock_broadcast = true`
      await deliver(tx, variantId, shop.locations[0], 3)
      expect(await tx`select "left" from public.shelf where variant_id = ${variantId}`).toMatchObject([
        { left: 3 },
      ])
    })
  })
  await sql`delete from private.shelf_broadcasts where variant_id = ${variantId}`
})

test('nobody but the shop’s server has rows sent, and not more than 100 at once', () =>
  rolledBack(sql, async (tx) => {
    for (const caller of [shopper, { role: 'authenticated', userId: randomUUID() } as const]) {
      await actAs(tx, caller)
      await expect(
        tx.savepoint((nested) => nested`select public.broadcast_shelf(${[randomUUID()]})`),
      ).rejects.toMatchObject({ code: '42501' })
    }
    await actAs(tx, secretKey)
    const ids = Array.from({ length: 101 }, () => randomUUID())
    expect(
      await refusal(tx.savepoint((nested) => nested`select public.broadcast_shelf(${ids})`)),
    ).toMatchObject({ status: 422, code: 'invalid_input' })
    await tx`select public.broadcast_shelf(${[randomUUID()]})`
  }))

test('nobody but the database speaks of the stock, and everybody may listen', () =>
  rolledBack(sql, async (tx) => {
    const topic = `shelf:${randomUUID()}`
    await tx`insert into realtime.messages (topic, extension) values (${topic}, 'broadcast')`
    for (const caller of [shopper, { role: 'authenticated', userId: randomUUID() } as const]) {
      await actAs(tx, caller)
      await tx`select set_config('realtime.topic', ${topic}, true)`
      expect(await tx`select from realtime.messages where topic = ${topic}`).toHaveLength(1)
      await expect(
        tx.savepoint(
          (nested) => nested`insert into realtime.messages (topic, extension) values (${topic}, 'broadcast')`,
        ),
      ).rejects.toMatchObject({ code: '42501' })
    }
  }))
