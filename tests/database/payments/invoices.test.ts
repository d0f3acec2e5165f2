import { afterAll, expect, test } from 'vitest'
import type { Invoice } from '@/lib/domain/orders/invoice'
import { aShop, connect, deliver, refused, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, drift, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { addZone, placeDelivered, toHamburg } from '@/tests/support/totals/delivery'
import { aBuyer, addDiscount, enterCode } from '@/tests/support/totals/discounts'

const sql = connect(8)
afterAll(() => sql.end())

/** Documents are written at the commit: as if there was one now. */
async function commit(tx: Tx): Promise<void> {
  await tx`set constraints all immediate`
  await tx`set constraints all deferred`
}

async function invoicesOf(tx: Tx, orderId: string): Promise<Invoice[]> {
  const [row] = await tx`select private.invoices_of(${orderId}) as invoices`
  return row?.invoices as Invoice[]
}

/** A paid order of two units at 12.00, with a provider that refunds. */
async function aPaidOrder(tx: Tx) {
  const { variantId, locations } = await stockedVariant(tx)
  const provider = await theProvider(tx)
  const { guest, placed } = await anOrder(tx, variantId, 2, 'sandbox')
  await provider(placed.payment_id, 'captured', placed.total_minor)
  await commit(tx)
  return { guest, placed, provider, locations, orderId: placed.order_id }
}

test('an order is invoiced when its money is captured, once, as it was and as the shop was', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.shop_settings set name = 'Harbour', tax_number = 'DE123'`
    const { guest, orderId } = await aPaidOrder(tx)
    await tx`update public.shop_settings set name = 'Elsewhere'`
    await tx`update public.payments set updated_at = now() where order_id = ${orderId}`
    await commit(tx)

    const order = (await guest.order(orderId)) as unknown as { invoices: Invoice[] }
    expect(order.invoices).toMatchObject([
      {
        kind: 'invoice',
        total_minor: 2400,
        tax_minor: 383,
        delivery_minor: 0,
        taxes: [{ rate_bp: 1900, amount_minor: 2400, tax_minor: 383 }],
        lines: [{ title: 'Mug', quantity: 2, tax_rate_bp: 1900, amount_minor: 2400 }],
        seller: { name: 'Harbour', tax_number: 'DE123' },
      },
    ])
    expect(await drift(tx)).toEqual([])
  }))

test('discount and delivery are in the invoice; it adds up to the payment', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { guest } = await aBuyer(tx)
    const { code } = await addDiscount(tx)
    await enterCode(tx, guest.token, code)
    const placed = await placeDelivered(tx, guest, toHamburg)
    await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
    await commit(tx)

    const [invoice] = await invoicesOf(tx, placed.order_id)
    expect(invoice).toMatchObject({
      total_minor: 2160 + 490,
      tax_minor: placed.tax_minor,
      delivery_minor: 490,
      lines: [{ amount_minor: 2160 }],
    })
    expect(await drift(tx)).toEqual([])
  }))

test('an order that is paid at the counter is invoiced then, not when it is placed', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    await commit(tx)
    expect(await invoicesOf(tx, placed.order_id)).toEqual([])

    await thePackingTable(tx).takePayment(placed.order_id)
    await commit(tx)
    expect(await invoicesOf(tx, placed.order_id)).toMatchObject([{ kind: 'invoice', total_minor: 1200 }])
  }))

test('each refund has a credit note; together they leave nothing of the invoice and its tax', () =>
  rolledBack(sql, async (tx) => {
    const { guest, orderId, placed, provider } = await aPaidOrder(tx)
    await guest.cancel(orderId)
    await commit(tx)
    expect(await invoicesOf(tx, orderId)).toHaveLength(1)
    for (const amount of [4, 4, 4, 1000, 1388]) {
      await provider(placed.payment_id, 'refunded', amount)
      await commit(tx)
      expect(await drift(tx)).toEqual([])
    }

    const [invoice, ...notes] = await invoicesOf(tx, orderId)
    expect(notes.map(({ kind, total_minor }) => [kind, total_minor])).toEqual(
      [4, 4, 4, 1000, 1388].map((amount) => ['credit_note', amount]),
    )
    expect(notes.reduce((sum, { tax_minor }) => sum + tax_minor, 0)).toBe(invoice?.tax_minor)
    expect(notes.every(({ lines, delivery_minor }) => lines.length === 0 && delivery_minor === 0)).toBe(true)
  }))

test('money that comes too late is refunded without an invoice and without a credit note', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await guest.cancel(placed.order_id)
    await provider(placed.payment_id, 'captured', 1200)
    await commit(tx)
    await provider(placed.payment_id, 'refunded', 1200)
    await commit(tx)
    expect(await invoicesOf(tx, placed.order_id)).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))

test('money from before the first invoice has none, and its refund has no credit note', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await provider(placed.payment_id, 'captured', 1200)
    await commit(tx)
    // As if the shop had written no invoices then.
    await tx`set local session_replication_role = replica`
    await tx`delete from private.invoices where order_id = ${placed.order_id}`
    await tx`update private.invoice_series set last_number = last_number - 1 where kind = 'invoice'`
    await tx`set local session_replication_role = origin`

    await guest.cancel(placed.order_id)
    await provider(placed.payment_id, 'refunded', 1200)
    await commit(tx)
    expect(await invoicesOf(tx, placed.order_id)).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))

test('numbers have no gap: not by eight payments at once, not by one that fails', async () => {
  const { variants, locations } = await aShop(sql, 8)
  const orders = []
  for (const variantId of variants) {
    await deliver(sql, variantId, locations[0], 1)
    const guest = aGuest(sql)
    await guest.hold(variantId, 1)
    orders.push((await guest.place('on_collection')).order_id)
  }
  const before = await numbers()
  const [failing = '', ...others] = orders

  await Promise.all([
    ...others.map((orderId) => thePackingTable(sql).takePayment(orderId)),
    expect(
      sql.begin(async (tx) => {
        await thePackingTable(tx).takePayment(failing)
        await commit(tx)
        throw new Error('the server is gone')
      }),
    ).rejects.toThrow('the server is gone'),
  ])

  const after = await numbers()
  expect(after.rows).toBe(after.last)
  expect(after.rows - before.rows).toBeGreaterThanOrEqual(7)
  expect([
    ...(await sql`select * from private.invoices_drift() where aggregate = 'invoice numbers'`),
  ]).toEqual([])
})

test('a payment that waits for its number too long is busy, before the Data API ends the call', () =>
  rolledBack(sql, async (tx) => {
    await tx`select from private.invoice_series where kind = 'invoice' for update`
    await expect(
      rolledBack(sql, async (other) => {
        await other`set local statement_timeout = '8s'`
        await aPaidOrder(other)
      }),
    ).rejects.toMatchObject({ message: 'busy' })
  }))

async function numbers() {
  const [row] = await sql`select count(*)::int as rows, coalesce(max(number), 0)::int as last
    from private.invoices where kind = 'invoice'`
  return row as { rows: number; last: number }
}

test('no statement can leave a gap, use a number twice, change a document or remove one', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await aPaidOrder(tx)
    const copy = (nested: Tx, ahead: number) => nested`
      insert into private.invoices (kind, number, order_id, currency, total_minor, tax_minor, delivery_minor, taxes,
        lines, seller, issued_at)
      select 'credit_note', series.last_number + ${ahead}, own.order_id, own.currency, own.total_minor, own.tax_minor,
        own.delivery_minor, own.taxes, own.lines, own.seller, own.issued_at
      from private.invoices as own join private.invoice_series as series on series.kind = 'credit_note'
      where own.order_id = ${orderId}`
    for (const [attempt, problem] of [
      [(nested: Tx) => copy(nested, 2), 'invoices_follow_each_other'],
      [
        (nested: Tx) => nested`update private.invoices set total_minor = 1 where order_id = ${orderId}`,
        'ledger_is_append_only',
      ],
      [
        (nested: Tx) => nested`delete from private.invoices where order_id = ${orderId}`,
        'ledger_is_append_only',
      ],
      [(nested: Tx) => nested`truncate private.invoices`, 'ledger_is_append_only'],
    ] as const)
      await expect(tx.savepoint((nested) => attempt(nested))).rejects.toThrow(problem)
    await copy(tx, 1)
    await expect(tx.savepoint((nested) => copy(nested, 1))).rejects.toThrow('invoices_pkey')
    expect((await tx`select from private.invoices_drift()`).length).toBeGreaterThan(0)
  }))

test('a buyer reads the invoices of an order only with its secret', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await aPaidOrder(tx)
    const other = await refused(tx, async (nested) => {
      await nested`select set_config('role', 'service_role', true)`
      await aGuest(nested).order(orderId)
    })
    expect(other).toMatchObject({ code: 'not_found' })
  }))
