import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'csv-parse/sync'
import type { Sql } from 'postgres'
import { aShop, connect, deliver } from '@/tests/support/database'
import { aGuest, drift, thePackingTable } from '@/tests/support/shop/shopping'
import { startScratch } from './support/scratch'

// npm run test:replay -- FILE: a real shop's sales (UCI Online Retail, semicolons, decimal commas) through the public
// functions by 32 clients: invoices are orders that are handed over; a line the same customer cancelled to the unit is
// a cancelled order; other negative lines with a sale are returned, and everything else negative was damaged. In the
// end every variant must count what the file alone adds up to.
const CLIENTS = 32
const MOST_PER_LINE = 99

type Sale = { invoice: string; customer: string; code: string; units: number }
const [file] = process.argv.slice(2)
if (!file) throw new Error('Which file? npm run test:replay -- online-retail.csv')
const rows = parse(readFileSync(file), {
  bom: true,
  columns: true,
  delimiter: ';',
  relax_quotes: true,
}) as Record<string, string>[]
const sales: Sale[] = rows.flatMap((row) => {
  const units = Number(row.Quantity)
  return Number.isInteger(units) && units !== 0 && row.StockCode
    ? [
        {
          invoice: row.InvoiceNo ?? '',
          customer: row.CustomerID ?? '',
          code: row.StockCode.toUpperCase(),
          units,
        },
      ]
    : []
})

const scratch = await startScratch()
const sql = connect(CLIENTS, await scratch.database('replay'))
try {
  const codes = [...new Set(sales.map((sale) => sale.code))]
  const shop = await aShop(sql, codes.length)
  const [place] = shop.locations
  const variantOf = new Map(codes.map((code, n) => [code, shop.variants[n] ?? '']))
  const delivered = 2 * sales.reduce((most, sale) => most + Math.abs(sale.units), 0)
  for (const variantId of shop.variants) await deliver(sql, variantId, place, Math.min(delivered, 1_000_000))

  const { cancelledSales, others } = apart(sales)
  await inParallel(
    cancelledSales.flatMap((sale) => invoices([sale])),
    async (wanted) => {
      const guest = aGuest(sql)
      for (const [code, units] of wanted) await guest.hold(variantOf.get(code) ?? '', units)
      await guest.cancel((await guest.place()).order_id)
    },
  )
  const handedOver = new Map<string, { orderId: string; itemId: number; out: number }[]>()
  await inParallel(invoices(others), async (wanted) => {
    const guest = aGuest(sql)
    for (const [code, units] of wanted) await guest.hold(variantOf.get(code) ?? '', units)
    const placed = await guest.place()
    const order = await thePackingTable(sql).fulfil(placed.order_id, place)
    for (const item of order.items) {
      const out = handedOver.get(item.variant_id) ?? []
      handedOver.set(item.variant_id, [
        ...out,
        { orderId: order.order_id, itemId: item.id, out: item.fulfilled },
      ])
    }
  })
  let cameBack = 0
  await inParallel(codes, async (code) => {
    const variantId = variantOf.get(code) ?? ''
    for (const sale of others.filter((each) => each.code === code && each.units < 0)) {
      let rest = -sale.units
      if (sale.invoice.startsWith('C'))
        rest = await returnItems(sql, place, handedOver.get(variantId) ?? [], rest)
      cameBack += -sale.units - rest
      // Came back from before the file begins, or was written off: both are adjustments.
      if (rest > 0) await adjust(sql, variantId, place, sale.invoice.startsWith('C') ? rest : -rest)
    }
  })

  const differing = []
  for (const code of codes) {
    const own = sales.filter((sale) => sale.code === code)
    const sold = sum(own.filter((sale) => sale.units > 0))
    const back = -sum(own.filter((sale) => sale.units < 0 && sale.invoice.startsWith('C')))
    const lost = -sum(own.filter((sale) => sale.units < 0 && !sale.invoice.startsWith('C')))
    const cancelled = sum(cancelledSales.filter((sale) => sale.code === code))
    const expected = { on_hand: Math.min(delivered, 1_000_000) - sold + back - lost, sold, cancelled }
    const [actual] =
      await sql`select availability.on_hand, coalesce(sales.sold, 0) as sold, coalesce(sales.cancelled, 0) as cancelled from public.availability
      left join public.sales_by_variant as sales using (variant_id) where variant_id = ${variantOf.get(code) ?? ''}`
    if (!isDeepStrictEqual({ ...actual }, expected)) differing.push({ code, expected, actual })
  }
  const wrong = await drift(sql)
  if (differing.length + wrong.length > 0)
    throw new Error(JSON.stringify({ differing: differing.slice(0, 9), wrong: wrong.slice(0, 9) }))
  console.log(
    `${sales.length} lines of ${codes.length} variants by ${CLIENTS} clients: ${sum(cancelledSales)} units cancelled, ${cameBack} came back; every sum equals the file's`,
  )
} finally {
  await sql.end({ timeout: 1 })
  await scratch.stop()
}

/** The lines that the same customer cancelled to the unit, without the cancelling lines, and all others. */
function apart(all: Sale[]): { cancelledSales: Sale[]; others: Sale[] } {
  const [cancelledSales, others]: [Sale[], Sale[]] = [[], all.slice()]
  for (const back of all.filter((sale) => sale.invoice.startsWith('C'))) {
    const sale = others.find(
      ({ customer, code, units }) =>
        customer === back.customer && code === back.code && units === -back.units,
    )
    if (!sale) continue
    cancelledSales.push(sale)
    for (const one of [sale, back]) others.splice(others.indexOf(one), 1)
  }
  return { cancelledSales, others }
}

/** Each invoice as one or more orders: a line of ours holds 99 units at most, a wholesaler's invoice more. */
function invoices(all: Sale[]): Map<string, number>[] {
  const wanted = new Map<string, Map<string, number>>()
  for (const { invoice, code, units } of all.filter((sale) => sale.units > 0)) {
    const lines = wanted.get(invoice) ?? new Map<string, number>()
    wanted.set(invoice, lines.set(code, (lines.get(code) ?? 0) + units))
  }
  return [...wanted.values()].flatMap((lines) => {
    const orders = Math.ceil(Math.max(...lines.values()) / MOST_PER_LINE)
    return Array.from(
      { length: orders },
      (_, n) =>
        new Map(
          [...lines].flatMap(([code, units]) => {
            const part = Math.min(MOST_PER_LINE, units - n * MOST_PER_LINE)
            return part > 0 ? [[code, part] as const] : []
          }),
        ),
    )
  })
}

/** Returns units of earlier orders, and says how many no order in the file accounts for. */
async function returnItems(
  db: Sql,
  place: string,
  out: { orderId: string; itemId: number; out: number }[],
  units: number,
) {
  let rest = units
  for (const item of out) {
    const quantity = Math.min(rest, item.out)
    if (quantity === 0) continue
    await thePackingTable(db).returnItems(item.orderId, place, [
      { order_item_id: item.itemId, quantity, outcome: 'restock' },
    ])
    item.out -= quantity
    rest -= quantity
  }
  return rest
}

async function adjust(db: Sql, variantId: string, place: string, delta: number): Promise<void> {
  await db`select public.adjust_stock(${variantId}, ${place}, ${delta}, ${delta > 0 ? 'return' : 'damage'}, ${randomUUID()})`
}

function sum(own: Sale[]): number {
  return own.reduce((total, sale) => total + sale.units, 0)
}

/** So many at a time, in the order given. */
async function inParallel<T>(work: T[], perform: (each: T) => Promise<void>): Promise<void> {
  const waiting = work.values()
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (const each of waiting) await perform(each)
    }),
  )
}
