import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack, type Tx } from '@/tests/support/database'

const sql = connect(1)
afterAll(() => sql.end())

interface Found {
  id: string
  category: string
  lowest: number
  isThere: boolean
  choices: string[]
}

interface Filters {
  category?: string
  from_price?: number
  to_price?: number
  in_stock?: boolean
  choices?: string[]
}

const answer = async (tx: Tx, query: string, filters: Filters) => {
  const [row] =
    await tx`select public.find_products(${query}, ${tx.json({ ...filters })}, 'relevance', 0, 100) as answer`
  return row?.answer as Record<string, unknown> & { products: { id: string }[] }
}

/** Ninety products in three categories, with words that no other test uses. */
async function aCatalogue(tx: Tx): Promise<void> {
  await tx`insert into public.categories (slug, title)
    select 'facets-' || n, 'Facets ' || n from generate_series(0, 2) as n`
  await tx`insert into public.products (handle, title, category, option_names, status)
    select 'facets-' || n, (array['Zorbware', 'Glimmen'])[1 + n % 2] || ' ' || (array['zorbjug', 'glimlamp', 'plate'])[1 + n / 2 % 3],
      'facets-' || n / 6 % 3, '{Colour,Size}', 'active'
    from generate_series(0, 89) as n`
  await tx`insert into public.variants (product_id, sku, option_values, price_minor, position)
    select products.id, products.handle || '-' || v, array[
      (array['Red', 'Blue', 'Green'])[1 + (n.place + v) % 3], (array['S', 'L'])[1 + (n.place / 7 + v) % 2]
    ], 500 + n.place * 97 % 150 * 100, v
    from public.products
    cross join lateral (select split_part(products.handle, '-', 2)::integer as place) as n
    cross join lateral generate_series(1, 1 + n.place % 3) as v
    where products.handle like 'facets-%'`
  await tx`update public.shelf set band = case when split_part(products.handle, '-', 2)::integer % 5 < 2 then 'out'
      else 'in' end::public.shelf_band, "left" = null
    from public.variants join public.products on products.id = variants.product_id
    where variants.id = shelf.variant_id and products.handle like 'facets-%'`
}

/** The found products from the tables of the catalogue, without anything that searches keep. */
async function slowly(tx: Tx, ids: string[]): Promise<Found[]> {
  return tx<Found[]>`
    select products.id, products.category, min(variants.price_minor) as lowest,
      bool_or(shelf.band in ('in', 'low')) as "isThere",
      (select coalesce(array_agg(distinct name || '=' || value), '{}')
        from public.variants as own
        cross join lateral unnest(products.option_names, own.option_values) as chosen (name, value)
        where own.product_id = products.id and own.active) as choices
    from public.products
    join public.variants on variants.product_id = products.id and variants.active
    left join public.shelf on shelf.variant_id = variants.id
    where products.id = any (${ids})
    group by products.id`
}

/** Whether a product passes the filters, but for one of them. */
function passes(product: Found, filters: Filters, without: string): boolean {
  const byOption = Map.groupBy(filters.choices ?? [], (choice) => choice.split('=')[0])
  return (
    (without === 'category' || !filters.category || product.category === filters.category) &&
    (without === 'price' || product.lowest >= (filters.from_price ?? 0) * 100) &&
    (without === 'price' || product.lowest <= (filters.to_price ?? Number.POSITIVE_INFINITY) * 100) &&
    (without === 'stock' || !filters.in_stock || product.isThere) &&
    [...byOption].every(
      ([name, wanted]) => without === name || wanted.some((choice) => product.choices.includes(choice)),
    )
  )
}

function countsOf(found: Found[], filters: Filters) {
  const tally = (products: Found[], keys: (product: Found) => string[]) => {
    const counts: Record<string, number> = {}
    for (const key of products.flatMap(keys)) counts[key] = (counts[key] ?? 0) + 1
    return counts
  }
  const pass = (without: string) => found.filter((product) => passes(product, filters, without))
  return {
    total: pass('').length,
    categories: tally(pass('category'), ({ category }) => [category]),
    choices: tally(found, (product) =>
      product.choices.filter((choice) => passes(product, filters, choice.split('=')[0] ?? '')),
    ),
    in_stock: pass('stock').filter(({ isThere }) => isThere).length,
  }
}

test('the numbers beside filters are those counted the slow way, whatever is chosen', () =>
  rolledBack(sql, async (tx) => {
    await aCatalogue(tx)
    const worlds = await Promise.all(
      ['zorbware', 'glimmen', 'zorbjug glimlamp'].map(async (query) => {
        const ids = (await answer(tx, query, {})).products.map(({ id }) => id)
        const found = await slowly(tx, ids)
        expect(new Set(found.map(({ isThere }) => isThere)).size).toBe(2)
        return { query, found }
      }),
    )
    const filtersOf = (found: Found[]) =>
      fc.record(
        {
          category: fc.constantFrom(...new Set(found.map(({ category }) => category)), 'none'),
          from_price: fc.integer({ min: 0, max: 80 }),
          to_price: fc.integer({ min: 20, max: 200 }),
          in_stock: fc.constant(true),
          choices: fc.uniqueArray(
            fc.constantFrom('None=At all', ...new Set(found.flatMap(({ choices }) => choices))),
            {
              minLength: 1,
              maxLength: 3,
            },
          ),
        },
        { requiredKeys: [] },
      )
    const asked = fc
      .constantFrom(...worlds)
      .chain(({ query, found }) => filtersOf(found).map((filters) => ({ query, found, filters })))

    await fc.assert(
      fc.asyncProperty(asked, async ({ query, found, filters }) => {
        expect(await answer(tx, query, filters)).toMatchObject(countsOf(found, filters))
      }),
      { numRuns: 60 },
    )
  }))
