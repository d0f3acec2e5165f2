import type { Sql } from 'postgres'

/** Adds products of four variants each, twenty units of most at every location; a few are low or sold out. */
export async function fillCatalogue(sql: Sql, variants: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into public.products (id, handle, title, category, option_names, status, position, vendor)
      select gen_random_uuid(), 'bench-' || i,
        (array['Moon', 'Pour', 'Night', 'Salt', 'Corner', 'Low', 'Dusk', 'Odd', 'Yard', 'Bell'])[1 + i % 10] || ' ' ||
        (array['Jar', 'Jug', 'Lamp', 'Bowl', 'Plate', 'Candle', 'Blanket', 'Board'])[1 + (i / 10) % 8] || ' ' || i,
        (array['table', 'light', 'textile', 'paper', 'garden'])[1 + i % 5], '{Size}', 'active', 1000 + i, 'Vendor ' || i % 50
      from generate_series(1, ${Math.ceil(variants / 4)}::integer) as i`
    await tx`insert into public.variants (product_id, sku, option_values, price_minor, position)
      select products.id, upper(handle) || '-' || size.position, array[size.name], 1000 + size.position, size.position
      from public.products
      cross join (values (1, 'Small'), (2, 'Medium'), (3, 'Large'), (4, 'Huge')) as size (position, name)
      where handle like 'bench-%'`
    await tx`insert into public.stock_movements (variant_id, location_id, delta, reason)
      select variants.id, locations.id, case when hashtext(variants.id::text) & 127 = 1 then 2 else 20 end, 'receive'
      from public.variants cross join public.locations
      where sku like 'BENCH-%' and hashtext(variants.id::text) & 127 <> 0
      order by 1, 2`
  })
  await sql`analyze`
}
