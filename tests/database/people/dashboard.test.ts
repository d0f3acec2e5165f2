import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, drift, letPass, thePackingTable, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

type Sales = { orders: number; units: number; cancelled_or_returned: number; revenue_minor: number }
type Read = {
  bars: Sales[]
  before: Sales
  minutes: number[]
  running_out: { variant_id: string; available: number; sold: number; since: string }[]
}

/** The dashboard with one bar, of the last hours. */
async function read(tx: Tx, hours = 1): Promise<Read & { bar: Sales }> {
  const [row] = await tx`
    select public.read_dashboard(
      array[private.quarter_hour(now.at) - make_interval(hours => ${hours}), private.quarter_hour(now.at) + interval '15 minutes'],
      now.at) as answer
    from (select private.clock() + interval '1 second' as at offset 0) as now`
  const answer = row?.answer as Read
  return { ...answer, bar: answer.bars[0] as Sales }
}

test('an order counts when it is placed or paid, and its cancelled or returned units are subtracted', () =>
  rolledBack(sql, async (tx) => {
    await letPass(tx, '300 days')
    const { variantId, locations } = await stockedVariant(tx, 20)

    const { placed, itemId } = await anOrder(tx, variantId, 4)
    expect((await read(tx)).bar).toMatchObject({
      orders: 1,
      units: 4,
      cancelled_or_returned: 0,
      revenue_minor: 4800,
    })

    const unpaid = await anOrder(tx, variantId, 2, 'sandbox')
    expect((await read(tx)).bar).toMatchObject({ orders: 1 })
    await (await theProvider(tx))(unpaid.placed.payment_id, 'captured', unpaid.placed.total_minor)
    expect((await read(tx)).bar).toMatchObject({
      orders: 2,
      units: 6,
      cancelled_or_returned: 0,
      revenue_minor: 7200,
    })

    await unpaid.guest.cancel(unpaid.placed.order_id)
    await thePackingTable(tx).fulfil(placed.order_id, locations[0])
    await thePackingTable(tx).returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    const now = await read(tx)
    expect(now.bar).toMatchObject({ orders: 2, units: 6, cancelled_or_returned: 3, revenue_minor: 3600 })
    expect(now.minutes.reduce((sum, units) => sum + units, 0)).toBe(6)
    expect(now.minutes).toHaveLength(60)
    expect(await drift(tx)).toEqual([])
  }))

/** The dashboard's stock totals beside the sums of its variants; both in one snapshot, for other tests trade too. */
async function stockBeside(tx: Tx, variantId: string) {
  const [row] = await tx`
    select private.read_dashboard(array[now(), now() + interval '1 hour'], now()) -> 'stock' as stock,
      (select jsonb_build_object('on_hand', sum(on_hand), 'held', sum(held), 'committed', sum(committed),
        'on_hand_minor', sum(on_hand * price_minor), 'held_minor', sum(held * price_minor))
        from public.availability join public.variants on variants.id = variant_id) as all_variants,
      (select held * price_minor from public.availability join public.variants on variants.id = variant_id
        where variant_id = ${variantId}) as held_minor`
  expect(row?.stock).toEqual(row?.all_variants)
  return Number(row?.held_minor)
}

test("units in carts and on shelves are valued at today's price", () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 10)
    const guest = aGuest(tx)
    await guest.hold(variantId, 3)
    expect(await stockBeside(tx, variantId)).toBe(3600)

    await tx`update public.variants set price_minor = 1500 where id = ${variantId}`
    await tx`select public.adjust_stock(${variantId}, ${locations[0]}, -1, 'damage', ${randomUUID()})`
    expect(await stockBeside(tx, variantId)).toBe(4500)

    await guest.place()
    expect(await stockBeside(tx, variantId)).toBe(0)
    expect(await drift(tx)).toEqual([])
  }))

test('variants that run out first come first, by the shortest time in which ten were sold', () =>
  rolledBack(sql, async (tx) => {
    await letPass(tx, '400 days')
    const { variantId, siblingId, locations } = await stockedVariant(tx, 100)
    await deliver(tx, siblingId, locations[0], 100)
    await anOrder(tx, siblingId, 9)
    await letPass(tx, '5 hours')
    await anOrder(tx, variantId, 12)
    const [row] = await tx`select private.quarter_hour(private.clock() - interval '15 minutes') as minutes,
      private.quarter_hour(private.clock() - interval '1 day') as day`

    const { running_out } = await read(tx)

    expect(running_out.map(({ variant_id, available, sold }) => ({ variant_id, available, sold }))).toEqual([
      { variant_id: variantId, available: 88, sold: 12 },
      { variant_id: siblingId, available: 91, sold: 9 },
    ])
    expect(running_out.map(({ since }) => Date.parse(since))).toEqual([
      row?.minutes.getTime(),
      row?.day.getTime(),
    ])
  }))

test('the hour before is what it is compared with', () =>
  rolledBack(sql, async (tx) => {
    await letPass(tx, '500 days')
    const { variantId } = await stockedVariant(tx)
    await anOrder(tx, variantId, 2)
    expect((await read(tx)).before).toEqual({
      orders: 0,
      units: 0,
      cancelled_or_returned: 0,
      revenue_minor: 0,
    })
    await letPass(tx, '75 minutes')
    const { bar, before } = await read(tx)
    expect(bar.orders).toBe(0)
    expect(before).toEqual({ orders: 1, units: 2, cancelled_or_returned: 0, revenue_minor: 2400 })
  }))

test('staff of any role read the dashboard and the sums behind it; shoppers and guests do not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    await anOrder(tx, variantId, 1)
    const tables = ['sales_by_quarter_hour', 'sales_pace', 'stock_totals']
    const rowsOf = async (table: string) => [...(await tx`select from public.${tx(table)} limit 1`)].length
    const bars = tx`array['2026-01-01 00:00+00', '2026-01-02 00:00+00']::timestamptz[]`
    const [outsider, viewer] = [await person(tx), await person(tx, 'viewer')]

    await actAs(tx, viewer)
    expect(await Promise.all(tables.map(rowsOf))).toEqual([1, 1, 1])
    expect([...(await tx`select public.read_dashboard(${bars}, now())`)]).toHaveLength(1)
    await actAs(tx, secretKey)
    expect([...(await tx`select public.read_dashboard(${bars}, now())`)]).toHaveLength(1)

    await actAs(tx, outsider)
    expect(await Promise.all(tables.map(rowsOf))).toEqual([0, 0, 0])
    const attempt = tx.savepoint((nested) => nested`select public.read_dashboard(${bars}, now())`)
    expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'role_required' })

    await actAs(tx, shopper)
    for (const table of tables) {
      await expect(
        tx.savepoint((nested) => nested`select from public.${nested(table)}`),
      ).rejects.toMatchObject({ code: '42501' })
    }
    await expect(
      tx.savepoint((nested) => nested`select public.read_dashboard(${bars}, now())`),
    ).rejects.toMatchObject({ code: '42501' })
  }))

test('bars that are none, or not in order, are refused', () =>
  rolledBack(sql, async (tx) => {
    for (const edges of ["'{2026-01-01}'", "'{2026-01-02, 2026-01-01}'", "'{}'", 'null']) {
      const attempt = tx.savepoint((nested) => nested.unsafe(`select public.read_dashboard(${edges}, now())`))
      expect(await refusal(attempt)).toMatchObject({
        status: 422,
        code: 'invalid_input',
        detail: { field: 'edges' },
      })
    }
  }))
