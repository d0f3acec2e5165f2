import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom, reaches } from '@/tests/support/everyone'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

async function aTransfer(tx: Tx) {
  const stocked = await twelveUnits(tx)
  const lines = tx.json([{ variant_id: stocked.variantId, quantity: 3 }])
  const [row] =
    await tx`select id from public.send_transfer(${stocked.shopId}, ${stocked.storeId}, ${lines}, ${randomUUID()})`
  return { ...stocked, lines, id: String(row?.id) }
}

test.for(everyone)('a %s sees deliveries if they work here', (who) =>
  rolledBack(sql, async (tx) => {
    const { id, variantId } = await aTransfer(tx)
    await actAs(tx, await caller(tx, who))

    for (const [table, column, value] of [
      ['deliveries', 'id', id],
      ['delivery_lines', 'delivery_id', id],
      ['delivery_events', 'delivery_id', id],
      ['in_transit', 'variant_id', variantId],
    ] as const) {
      const read = tx.savepoint(
        (nested) => nested`select from ${nested(`public.${table}`)} where ${nested(column)} = ${value}`,
      )
      if (who === 'shopper') await expect(read).rejects.toMatchObject({ code: '42501' })
      else expect(await read, table).toHaveLength(reaches(who, 'viewer') ? 1 : 0)
    }
    if (who !== 'shopper') {
      const [row] = await tx`select public.read_delivery(${id}) as it`
      expect(row?.it !== null).toBe(reaches(who, 'viewer'))
    }
  }),
)

type Place = Awaited<ReturnType<typeof aTransfer>>
const operations: Record<string, (tx: Tx, place: Place) => Promise<unknown>> = {
  announce: (tx, { storeId, lines }) =>
    tx`select public.announce_delivery('Ilse', ${storeId}, ${lines}, ${randomUUID()})`,
  send: (tx, { shopId, storeId, lines }) =>
    tx`select public.send_transfer(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`,
  receive: (tx, { id, lines }) => tx`select public.receive_delivery(${id}, ${lines}, ${randomUUID()})`,
  close: (tx, { id, variantId }) =>
    tx`select public.close_delivery(${id}, ${randomUUID()}, ${tx.json({ [variantId]: 'lost' })})`,
}

for (const [operation, ask] of Object.entries(operations)) {
  test.for(everyone)(`${operation} a delivery: a %s may only if their role allows it`, (who) =>
    rolledBack(sql, async (tx) => {
      const place = await aTransfer(tx)
      await actAs(tx, await caller(tx, who))

      const attempt = tx.savepoint((nested) => ask(nested, place))

      await expectAllowedFrom('stock', who, attempt)
    }),
  )
}

test('nobody writes into a delivery by hand, not even a manager', () =>
  rolledBack(sql, async (tx) => {
    await aTransfer(tx)
    await actAs(tx, await person(tx, 'manager'))

    for (const table of ['deliveries', 'delivery_lines', 'delivery_events', 'in_transit']) {
      const attempt = tx.savepoint((nested) => nested`delete from ${nested(`public.${table}`)}`)
      await expect(attempt).rejects.toMatchObject({ code: '42501' })
    }
  }))
