import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

async function aStoreroom(tx: Tx) {
  const stocked = await twelveUnits(tx)
  const { variantId, shopId, storeId } = stocked
  const lines = (quantity: number) => tx.json([{ variant_id: variantId, quantity }])
  return {
    ...stocked,
    /** Twelve in the shop; so many sent to the store. */
    send: async (quantity: number) => {
      const [row] =
        await tx`select * from public.send_transfer(${shopId}, ${storeId}, ${lines(quantity)}, ${randomUUID()})`
      return { id: String(row?.id), reference: `transfer ${row?.number}` }
    },
    announce: async (quantity: number) => {
      const [row] =
        await tx`select * from public.announce_delivery('Ilse', ${storeId}, ${lines(quantity)}, ${randomUUID()})`
      return { id: String(row?.id), reference: `delivery ${row?.number}` }
    },
    receive: (id: string, quantity: number, difference: string | null = null, key: string = randomUUID()) =>
      tx.savepoint(
        (nested) => nested`select public.receive_delivery(${id}, ${lines(quantity)}, ${key}, ${difference})`,
      ),
    close: (id: string, shorts: Record<string, string> = {}, key: string = randomUUID()) =>
      tx.savepoint((nested) => nested`select public.close_delivery(${id}, ${key}, ${nested.json(shorts)})`),
    counts: async () => {
      const [row] = await tx`select
        (select on_hand from public.stock_levels where variant_id = ${variantId} and location_id = ${shopId}) as shop,
        (select on_hand from public.stock_levels where variant_id = ${variantId} and location_id = ${storeId}) as store,
        (select units from public.in_transit where variant_id = ${variantId} and location_id = ${storeId}) as away`
      return { shop: row?.shop, store: row?.store ?? 0, away: row?.away ?? 0 }
    },
  }
}

test('sent units are in transit until they are received, in parts', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)

    const { id } = await room.send(5)
    expect(await room.counts()).toEqual({ shop: 7, store: 0, away: 5 })
    await noDrift(tx)
    await room.receive(id, 2)
    expect(await room.counts()).toEqual({ shop: 7, store: 2, away: 3 })
    await room.receive(id, 3)

    expect(await room.counts()).toEqual({ shop: 7, store: 5, away: 0 })
    await room.close(id)
    await noDrift(tx)
  }))

test('a lot that was scanned stays with the event and the movements of its units', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, ...room } = await aStoreroom(tx)
    const { id, reference } = await room.announce(5)
    const lot = { variant_id: variantId, quantity: 7, note: 'Lot A7, use by 2031-01-31' }
    await tx`select public.receive_delivery(${id}, ${tx.json([lot])}, ${randomUUID()}, 'extra')`
    await tx`select public.receive_stock(${room.storeId}, ${tx.json([lot])}, 'DN-9', ${randomUUID()})`

    const notes = await tx`select document, delta, note from public.stock_movements
      where variant_id = ${variantId} and delta > 0 and note is not null order by id`
    expect(notes).toEqual([
      { document: reference, delta: 5, note: 'Lot A7, use by 2031-01-31' },
      { document: reference, delta: 2, note: 'extra, Lot A7, use by 2031-01-31' },
      { document: 'DN-9', delta: 7, note: 'Lot A7, use by 2031-01-31' },
    ])
    const [row] = await tx`select public.read_delivery(${id}) as it`
    expect(row?.it.events[0]).toMatchObject({ kind: 'received', notes: ['Lot A7, use by 2031-01-31'] })
    await noDrift(tx)
  }))

test.for(['', 'x'.repeat(201), 7, null, { lot: 'A' }])('a line with the note %j is refused', (note) =>
  rolledBack(sql, async (tx) => {
    const { variantId, storeId } = await aStoreroom(tx)
    const lines = tx.json([{ variant_id: variantId, quantity: 1, note }])
    const received = tx`select public.receive_stock(${storeId}, ${lines}, 'DN', ${randomUUID()})`
    expect(await refusal(received)).toMatchObject({ status: 422, code: 'invalid_input' })
  }),
)

test.for([
  ['not_sent', { shop: 10, store: 2, away: 0 }],
  ['lost', { shop: 7, store: 2, away: 0 }],
  ['damaged', { shop: 7, store: 2, away: 0 }],
] as const)('a transfer that comes short says why: %s', ([why, counts]) =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const { id } = await room.send(5)
    await room.receive(id, 2)
    expect(await refusal(room.close(id))).toMatchObject({
      status: 409,
      code: 'delivery_short',
      detail: { lines: [{ variant_id: room.variantId, outstanding: 3 }] },
    })

    await room.close(id, { [room.variantId]: why })

    expect(await room.counts()).toEqual(counts)
    await noDrift(tx)
  }),
)

test.for(['send', 'announce'] as const)('more than was said takes a reason (%s)', (how) =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const { id } = await room[how](5)
    await room.receive(id, 4)
    expect(await refusal(room.receive(id, 3))).toMatchObject({
      status: 409,
      code: 'delivery_over',
      detail: { lines: [{ variant_id: room.variantId, quantity: 2 }] },
    })

    await room.receive(id, 3, 'extra')

    expect(await room.counts()).toEqual({ shop: how === 'send' ? 7 : 12, store: 7, away: 0 })
    await room.close(id)
    await noDrift(tx)
  }),
)

test('an unannounced product can be received too, with a reason', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const other = await twelveUnits(tx)
    const { id } = await room.announce(5)

    await tx`select public.receive_delivery(${id}, ${tx.json([{ variant_id: other.variantId, quantity: 1 }])}, ${randomUUID()}, 'swapped')`

    const lines =
      await tx`select expected, received, difference from public.delivery_lines where delivery_id = ${id} order by expected`
    expect([...lines]).toEqual([
      { expected: 0, received: 1, difference: 'swapped' },
      { expected: 5, received: 0, difference: null },
    ])
    await noDrift(tx)
  }))

test('an announced delivery is no stock until it is scanned, and its movements carry its number', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const { id, reference } = await room.announce(5)
    expect(await room.counts()).toEqual({ shop: 12, store: 0, away: 0 })

    await room.receive(id, 3)
    await room.close(id, { [room.variantId]: 'not_sent' })

    expect(await room.counts()).toEqual({ shop: 12, store: 3, away: 0 })
    const movements = await tx`select delta, reason from public.stock_movements where document = ${reference}`
    expect([...movements]).toEqual([{ delta: 3, reason: 'receive' }])
    expect(await refusal(room.receive(id, 1))).toMatchObject({ status: 409, code: 'delivery_closed' })
    await noDrift(tx)
  }))

test('one scan sent twice is received once', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const { id } = await room.send(5)
    const key = randomUUID()

    await room.receive(id, 2, null, key)
    await room.receive(id, 2, null, key)

    expect(await room.counts()).toEqual({ shop: 7, store: 2, away: 3 })
    expect(await refusal(room.receive(id, 1, null, key))).toMatchObject({ code: 'idempotency_key_reused' })
  }))

test('committed units cannot be transferred', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    await tx`select public.hold_stock(${room.variantId}, 10, ${randomUUID()}, ${'b'.repeat(32)})`

    const attempt = tx.savepoint(
      (nested) => nested`select public.send_transfer(${room.shopId}, ${room.storeId},
      ${nested.json([{ variant_id: room.variantId, quantity: 3 }])}, ${randomUUID()})`,
    )

    expect(await refusal(attempt)).toMatchObject({
      code: 'insufficient_stock',
      detail: { short: [{ available: 2 }] },
    })
    expect(await room.counts()).toEqual({ shop: 12, store: 0, away: 0 })
  }))

test('units that vanish on the way do not stay hidden', () =>
  rolledBack(sql, async (tx) => {
    const room = await aStoreroom(tx)
    const { id } = await room.send(5)
    const drift = async () =>
      [...(await tx`select aggregate from private.inventory_drift() order by 1`)].map((row) => row.aggregate)

    await tx`update public.in_transit set units = 4 where variant_id = ${room.variantId}`
    expect(await drift()).toEqual(['in_transit'])
    await tx`update public.in_transit set units = 5 where variant_id = ${room.variantId}`
    await tx`update public.delivery_lines set expected = 4 where delivery_id = ${id}`

    expect(await drift()).toEqual(['transfers'])
  }))
