import type { Sql } from 'postgres'

/** Products at a time: as an import of them would come, and not as one statement whose triggers see half a million rows. */
const portion = 1000

/** Adds products of four variants each, twenty units of most at every location; a few are low or sold out. */
export async function fillCatalogue(sql: Sql, variants: number): Promise<void> {
  const products = Math.ceil(variants / 4)
  for (let first = 1; first <= products; first += portion) {
    await fill(sql, first, Math.min(first + portion - 1, products))
    if (first === 1) await sql`analyze`
  }
  await sql`vacuum analyze`
}

async function fill(sql: Sql, first: number, last: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into public.products (id, handle, title, category, option_names, status, position, vendor)
      select gen_random_uuid(), 'bench-' || i,
        (array['Moon', 'Pour', 'Night', 'Salt', 'Corner', 'Low', 'Dusk', 'Odd', 'Yard', 'Bell'])[1 + i % 10] || ' ' ||
        (array['Jar', 'Jug', 'Lamp', 'Bowl', 'Plate', 'Candle', 'Blanket', 'Board'])[1 + (i / 10) % 8] || ' ' || i,
        (select slug from public.categories order by position offset i % 5 limit 1), '{Size}', 'active', 1000 + i, 'Vendor ' || i % 50
      from generate_series(${first}::integer, ${last}::integer) as i`
    await tx`insert into public.variants (product_id, sku, option_values, price_minor, position)
      select products.id, upper(handle) || '-' || size.position, array[size.name], 1000 + size.position, size.position
      from public.products
      cross join (values (1, 'Small'), (2, 'Medium'), (3, 'Large'), (4, 'Huge')) as size (position, name)
      where handle like 'bench-%' and products.position between ${1000 + first} and ${1000 + last}`
    await tx`insert into public.stock_movements (variant_id, location_id, delta, reason)
      select variants.id, locations.id, case when hashtext(variants.id::text) & 127 = 1 then 2 else 20 end, 'receive'
      from public.products
      join public.variants on variants.product_id = products.id
      cross join public.locations
      where handle like 'bench-%' and products.position between ${1000 + first} and ${1000 + last}
        and hashtext(variants.id::text) & 127 <> 0
      order by 1, 2`
  })
}

/**
 * Adds locations up to so many, each with a level of every variant. The levels have no ledger and are written without
 * triggers: 20 million of them are there in minutes, and a page reads only the levels.
 */
export async function addLocations(sql: Sql, locations: number): Promise<void> {
  const added = await sql`insert into public.locations (slug, name, position)
    select 'bench-' || i, 'Location ' || i, 1000 + i
    from generate_series(1, ${locations}::integer - (select count(*)::integer from public.locations)) as i
    returning id`
  for (const { id } of added)
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = 'replica'`
      await tx`insert into public.stock_levels (variant_id, location_id, on_hand, available)
        select variants.id, ${id}, 20, 20 from public.variants`
    })
  await sql`vacuum analyze`
}
