import type { TransactionSql } from 'postgres'
import { expect } from 'vitest'

/** The dashboard's expected numbers, computed from the rows alone: no aggregate is read. */
export async function sumsFromTheSources(
  tx: TransactionSql,
  shown: { running_out: { variant_id: string; since: string }[]; currency: string },
  edges: string[],
  at: Date,
) {
  const [first = '', second = ''] = edges
  const grainMs = Date.parse(second) - Date.parse(first) < 900_000 ? 60_000 : 900_000
  const spanMs = Date.parse(edges.at(-1) ?? '') - Date.parse(first)
  // Time that began before the moment counts in full.
  const beforeEnds = Math.ceil((at.getTime() - spanMs) / grainMs) * grainMs
  const minutes = Array.from(
    { length: 60 },
    (_, n) => Math.floor(at.getTime() / 60_000) * 60_000 - (59 - n) * 60_000,
  )

  const bars = await sold(tx, edges.slice(0, -1), edges.slice(1))
  const before = await sold(
    tx,
    [new Date(Date.parse(first) - spanMs).toISOString()],
    [new Date(beforeEnds).toISOString()],
  )
  const perMinute = await sold(
    tx,
    minutes.map(iso),
    minutes.map((minute) => iso(minute + 60_000)),
  )
  const [stock] = await tx`
    select coalesce(sum(units.on_hand), 0)::int as on_hand, coalesce(sum(units.held), 0)::int as held,
      coalesce(sum(units.committed), 0)::int as committed,
      coalesce(sum(units.on_hand * variants.price_minor), 0)::int as on_hand_minor,
      coalesce(sum(units.held * variants.price_minor), 0)::int as held_minor
    from (
      select variant_id, delta as on_hand, 0 as held, 0 as committed from public.stock_movements
      union all
      select variant_id, 0, case when expires_at is not null then quantity else 0 end,
        case when expires_at is null then quantity - fulfilled else 0 end from public.claims
    ) as units
    join public.variants on variants.id = units.variant_id`
  const runningOut = await tx`
    select asked.variant_id, products.title, variants.option_values, variants.sku, asked.since,
      (select coalesce(sum(delta), 0) from public.stock_movements as moved where moved.variant_id = asked.variant_id)::int
        - (select coalesce(sum(quantity - fulfilled), 0) from public.claims where claims.variant_id = asked.variant_id)::int
        - (select coalesce(sum(safety), 0) from public.stock_levels where stock_levels.variant_id = asked.variant_id)::int as available,
      (select sum(quantity - cancelled - returned) from public.order_items as item
        where item.variant_id = asked.variant_id and item.sold_at >= asked.since::timestamptz)::int as sold
    from unnest(${shown.running_out.map(({ variant_id }) => variant_id)}::uuid[], ${shown.running_out.map(({ since }) => since)}::text[])
      with ordinality as asked (variant_id, since, n)
    join public.variants on variants.id = asked.variant_id
    join public.products on products.id = variants.product_id
    order by asked.n`
  const waitedFor = await tx`
    select entry.variant_id, products.title, variants.option_values, variants.sku, count(*)::int as in_line
    from private.waitlist as entry
    join public.variants on variants.id = entry.variant_id
    join public.products on products.id = variants.product_id
    where entry.status in ('waiting', 'offered')
    group by 1, 2, 3, 4 order by in_line desc, 1 limit 8`
  return {
    currency: shown.currency,
    at: expect.anything(),
    bars: bars.map((bar, n) => ({ from: expect.stringContaining((edges[n] ?? '').slice(0, 16)), ...bar })),
    before: before[0],
    minutes: perMinute.map(({ units }) => units),
    stock: { ...stock },
    running_out: runningOut.map((row) => ({ ...row })),
    waited_for: waitedFor.map((row) => ({ ...row })),
  }
}

const iso = (moment: number) => new Date(moment).toISOString()

/** Orders placed between each pair of moments. */
async function sold(tx: TransactionSql, from: string[], to: string[]) {
  const rows = await tx`
    select count(distinct item.order_id)::int as orders, coalesce(sum(item.quantity), 0)::int as units,
      coalesce(sum(item.cancelled + item.returned), 0)::int as cancelled_or_returned,
      coalesce(sum((item.quantity - item.cancelled - item.returned) * item.price_minor), 0)::int as revenue_minor
    from unnest(${from}::text[], ${to}::text[]) with ordinality as bar (since, until, n)
    left join public.order_items as item on item.sold_at >= bar.since::timestamptz and item.sold_at < bar.until::timestamptz
    group by bar.n
    order by bar.n`
  return rows.map((row) => ({ ...row })) as {
    orders: number
    units: number
    cancelled_or_returned: number
    revenue_minor: number
  }[]
}
