import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom } from '@/tests/support/everyone'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

interface Event {
  id: number
  kind: string
  detail: Record<string, unknown>
}

const bpost = { carrier: 'bpost', tracking_number: '3232012345' }

/** Sends everything of an order, with a parcel or without. */
const send = async (tx: Tx, orderId: string, location: string, parcel: object | null, key = randomUUID()) =>
  (
    await tx`select public.fulfil_order(${orderId}, ${location}, ${key}, null,
      ${parcel && tx.json({ ...parcel })}) as answer`
  )[0]?.answer as { version: number; events: Event[] }

const change = async (tx: Tx, orderId: string, handOver: number, parcel: object, key = randomUUID()) =>
  (
    await tx`select public.change_parcel(${orderId}, ${handOver}, ${tx.json({ ...parcel })}, ${key}) as answer`
  )[0]?.answer as { version: number; events: Event[] }

/** A paid order of two mugs that goes to an address. */
async function aDelivery(tx: Tx) {
  const { variantId, locations } = await stockedVariant(tx, 5)
  const { placed, itemId } = await anOrder(tx, variantId, 2, 'sandbox')
  await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
  return { orderId: placed.order_id, location: locations[0], itemId }
}

const mails = async (tx: Tx, orderId: string) =>
  (
    await tx<
      { kind: string }[]
    >`select mail.kind from private.mail join public.order_events as event on event.id = mail.event_id
      where event.order_id = ${orderId} and mail.kind = 'order_sent'`
  ).length

test('a parcel is part of the hand-over, and its code is written in one way', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const sent = await send(tx, orderId, location, { carrier: ' bpost ', tracking_number: '32 32 abc', x: 1 })
    expect(sent.events.at(-1)).toMatchObject({
      kind: 'handed_over',
      detail: { location_id: location, parcel: { carrier: 'bpost', tracking_number: '3232ABC' } },
    })
    expect(await mails(tx, orderId)).toBe(1)
  }))

test('a parcel that is corrected is a second event and a second e-mail; the same again is neither', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const sent = await send(tx, orderId, location, null)
    const handOver = sent.events.at(-1)?.id ?? 0

    const key = randomUUID()
    const added = await change(tx, orderId, handOver, bpost, key)
    expect(added.events.at(-1)).toMatchObject({
      kind: 'parcel_changed',
      detail: { hand_over: handOver, parcel: bpost },
    })
    expect(added.version).toBeGreaterThan(sent.version)
    expect(await mails(tx, orderId)).toBe(2)

    expect(await change(tx, orderId, handOver, bpost, key)).toEqual(added)
    expect((await change(tx, orderId, handOver, bpost)).events).toEqual(added.events)
    const withoutNumber = await change(tx, orderId, handOver, { carrier: 'Bike' })
    expect(withoutNumber.events).toHaveLength(added.events.length + 1)
    // Without a number there is nothing to tell the customer.
    expect(await mails(tx, orderId)).toBe(2)
  }))

test.each<[string, unknown]>([
  ['no object', 'bpost'],
  ['no carrier', { tracking_number: '12345' }],
  ['an empty carrier', { carrier: ' ' }],
  ['a carrier of two lines', { carrier: 'a\nb' }],
  ['a long carrier', { carrier: 'x'.repeat(61) }],
  ['a number of another type', { carrier: 'UPS', tracking_number: 12345 }],
  ['a short number', { carrier: 'UPS', tracking_number: '123' }],
  ['a long number', { carrier: 'UPS', tracking_number: '1'.repeat(41) }],
  ['an address as number', { carrier: 'UPS', tracking_number: 'https://evil.test' }],
])('%s is no parcel, wherever it is sent', (_, parcel) =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const refused = {
      code: 'invalid_input',
      detail: { field: 'parcel' },
    }
    const json = tx.json(parcel as string)
    expect(
      await refusal(
        tx.savepoint(
          (nested) =>
            nested`select public.fulfil_order(${orderId}, ${location}, ${randomUUID()}, null, ${json})`,
        ),
      ),
    ).toMatchObject(refused)
    expect(
      await refusal(
        tx.savepoint(
          (nested) => nested`select public.change_parcel(${orderId}, 1, ${json}, ${randomUUID()})`,
        ),
      ),
    ).toMatchObject(refused)
    // Nor past the functions.
    const event = (kind: string, detail: object) =>
      tx.savepoint(
        (nested) =>
          nested`insert into public.order_events (order_id, kind, detail) values (${orderId}, ${kind}, ${nested.json({ ...detail })})`,
      )
    await expect(event('handed_over', { parcel })).rejects.toMatchObject({ code: '23514' })
    await expect(event('parcel_changed', { hand_over: 1, parcel })).rejects.toMatchObject({ code: '23514' })
  }),
)

test('a parcel belongs to a hand-over of its order', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const other = await aDelivery(tx)
    await send(tx, other.orderId, other.location, bpost)
    const sent = await send(tx, orderId, location, bpost)
    const [placed] = sent.events
    const foreign = tx.savepoint((nested) =>
      change(nested, other.orderId, sent.events.at(-1)?.id ?? 0, bpost),
    )
    expect(await refusal(foreign)).toMatchObject({ code: 'not_found' })
    const notSent = tx.savepoint((nested) => change(nested, orderId, placed?.id ?? 0, bpost))
    expect(await refusal(notSent)).toMatchObject({ code: 'not_found' })
    const bare = tx.savepoint(
      (nested) =>
        nested`insert into public.order_events (order_id, kind, detail)
          values (${orderId}, 'parcel_changed', ${nested.json({ parcel: bpost })})`,
    )
    await expect(bare).rejects.toMatchObject({ code: '23514' })
  }))

test('an order that is collected travels with no carrier', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 5)
    const { placed } = await anOrder(tx, variantId, 1)
    const sent = tx.savepoint((nested) => send(nested, placed.order_id, locations[0], bpost))
    expect(await refusal(sent)).toMatchObject({ code: 'invalid_input', detail: { field: 'parcel' } })
    const handed = await send(tx, placed.order_id, locations[0], null)
    const changed = tx.savepoint((nested) =>
      change(nested, placed.order_id, handed.events.at(-1)?.id ?? 0, bpost),
    )
    expect(await refusal(changed)).toMatchObject({ code: 'not_found' })
  }))

test('a parcel is changed 20 times at most, and never after the customer was erased', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const handOver = (await send(tx, orderId, location, bpost)).events.at(-1)?.id ?? 0
    for (let n = 1; n <= 20; n++)
      await change(tx, orderId, handOver, { ...bpost, tracking_number: `CODE-${n}` })
    const again = tx.savepoint((nested) => change(nested, orderId, handOver, bpost))
    expect(await refusal(again)).toMatchObject({ code: 'invalid_input' })

    await tx`select private.erase_orders(${[orderId]})`
    const [left] = await tx`select count(*)::int as n from public.order_events
      where order_id = ${orderId} and detail ? 'parcel'`
    expect(left?.n).toBe(0)
    const erased = tx.savepoint((nested) => change(nested, orderId, handOver, bpost))
    expect(await refusal(erased)).toMatchObject({ code: 'order_not_open' })
  }))

test('the picker who takes or lets go of an order is seen by the buyer’s page', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await aDelivery(tx)
    const version = async () =>
      Number((await tx`select version from public.orders where id = ${orderId}`)[0]?.version)
    const placed = await version()
    const picker = await person(tx, 'stock')
    await as(tx, picker, () => tx`select public.claim_order(${orderId}, ${randomUUID()})`)
    const claimed = await version()
    expect(claimed).toBeGreaterThan(placed)
    await as(tx, picker, () => tx`select public.release_claim(${orderId}, ${randomUUID()})`)
    expect(await version()).toBeGreaterThan(claimed)
  }))

test.each(everyone)('%s: a parcel is changed by staff of role stock alone', (who) =>
  rolledBack(sql, async (tx) => {
    const { orderId, location } = await aDelivery(tx)
    const handOver = (await send(tx, orderId, location, null)).events.at(-1)?.id ?? 0
    await actAs(tx, await caller(tx, who))
    await expectAllowedFrom(
      'stock',
      who,
      tx.savepoint((nested) => change(nested, orderId, handOver, bpost)),
    )
  }),
)
