import { afterAll, expect, test } from 'vitest'
import { SalesLine } from '@/lib/domain/insight/sales-report'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, letPass, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { addZone, placeDelivered } from '@/tests/support/totals/delivery'

const sql = connect(2)
afterAll(() => sql.end())

/** The sales of these days; by default of the clock's own day. */
async function report(tx: Tx, step = 'day', days = 0): Promise<SalesLine[]> {
  const [row] = await tx`
    select public.read_sales_report(today - ${days}::integer, today, ${step}) as answer
    from (select (private.clock() at time zone settings.time_zone)::date as today
      from public.shop_settings as settings) as now`
  return SalesLine.array().parse(row?.answer)
}

test('a day has its placed orders with their delivery and tax, without cancelled and returned units', () =>
  rolledBack(sql, async (tx) => {
    await letPass(tx, '700 days')
    await addZone(tx)
    const { variantId, locations } = await stockedVariant(tx, 20)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    const delivered = await placeDelivered(tx, guest)
    expect(await report(tx)).toEqual([])

    await (await theProvider(tx))(delivered.payment_id, 'captured', delivered.total_minor)
    // 2400 of goods and 490 of delivery at 19 %.
    const parts = { amount_minor: 2890, tax_minor: 461 }
    expect(await report(tx)).toMatchObject([
      { orders: 1, units: 2, delivery_minor: 490, ...parts, taxes: [{ rate_bp: 1900, ...parts }] },
    ])

    const { placed, itemId } = await anOrder(tx, variantId, 4)
    expect(await report(tx)).toMatchObject([{ orders: 2, units: 6, amount_minor: 7690 }])
    const desk = thePackingTable(tx)
    await desk.takePayment(placed.order_id)
    await desk.fulfil(placed.order_id, locations[0])
    await desk.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    // 3600 at 19 % include 574.
    expect(await report(tx)).toMatchObject([
      { orders: 2, units: 5, delivery_minor: 490, amount_minor: 6490, tax_minor: 461 + 574 },
    ])

    await desk.cancel(delivered.order_id)
    expect(await report(tx)).toMatchObject([
      { orders: 1, units: 3, delivery_minor: 0, amount_minor: 3600, tax_minor: 574 },
    ])
  }))

test('weeks begin on Monday and months on the first, by the clock of the shop', () =>
  rolledBack(sql, async (tx) => {
    await letPass(tx, '700 days')
    await tx`update public.shop_settings set time_zone = 'Pacific/Auckland'`
    const { variantId } = await stockedVariant(tx, 20)
    const { placed } = await anOrder(tx, variantId, 1)
    // New Year's Day in Auckland, a Friday; still the year before in London.
    await tx`update public.orders set placed_at = '2027-12-31 12:00+00' where id = ${placed.order_id}`
    const periods = async (step: string) => {
      const [row] = await tx`select public.read_sales_report('2028-01-01', '2028-01-01', ${step}) as answer`
      return SalesLine.array()
        .parse(row?.answer)
        .map(({ period }) => period)
    }

    expect(await periods('day')).toEqual(['2028-01-01'])
    expect(await periods('week')).toEqual(['2027-12-27'])
    expect(await periods('month')).toEqual(['2028-01-01'])
  }))

test('staff read the report; shoppers and accounts do not', () =>
  rolledBack(sql, async (tx) => {
    const read = (nested: Tx) => nested`select public.read_sales_report('2026-01-01', '2026-01-31', 'day')`
    const [outsider, viewer] = [await person(tx), await person(tx, 'viewer')]

    await actAs(tx, viewer)
    expect([...(await read(tx))]).toHaveLength(1)
    await actAs(tx, outsider)
    expect(await refusal(tx.savepoint(read))).toMatchObject({ status: 403, code: 'role_required' })
    await actAs(tx, shopper)
    await expect(tx.savepoint(read)).rejects.toMatchObject({ code: '42501' })
    await actAsOwner(tx)
  }))

test('days that are none, too many or in the wrong order are refused, and so is a step that is none', () =>
  rolledBack(sql, async (tx) => {
    const wrong = [
      ['2026-01-02', '2026-01-01', 'day'],
      ['2026-01-01', '2027-01-03', 'day'],
      ['-infinity', 'infinity', 'day'],
      ['4713-01-01 BC', '4713-01-02 BC', 'day'],
      [null, '2026-01-01', 'day'],
      ['2026-01-01', '2026-01-01', 'microsecond'],
      ['2026-01-01', '2026-01-01', null],
    ]
    for (const [first = null, last = null, step = null] of wrong) {
      const attempt = tx.savepoint(
        (nested) =>
          nested`select public.read_sales_report(${first}::text::date, ${last}::text::date, ${step})`,
      )
      expect(await refusal(attempt), `${first} ${last} ${step}`).toMatchObject({
        status: 422,
        code: 'invalid_input',
      })
    }
  }))
