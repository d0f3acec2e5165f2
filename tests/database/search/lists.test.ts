import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack } from '@/tests/support/database'
import { products } from '@/tests/support/search/products'

const sql = connect(2)
afterAll(() => sql.end())

test('a list without words is that of a category, or of all products, in each of its orders', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('grommels', 'Grommels')`
    const ids = Object.values(await products(tx, { title: 'Few' }, { title: 'Many' }, { title: 'None' }))
    await tx`update public.products set category = 'grommels', limited = true where id = any (${ids})`
    const order = async (sort: string) => {
      const [row] = await tx`select public.find_products('', '{"category": "grommels"}', ${sort}) as answer`
      return row?.answer.products.map(({ title }: { title: string }) => title)
    }
    const [few, many, none] = await tx<{ id: string }[]>`select variants.id from public.variants
      join public.products on products.id = product_id where product_id = any (${ids}) order by products.title`
    const shelf = (id: string | undefined, band: string, left: number | null) =>
      tx`insert into public.shelf (variant_id, product_id, band, "left")
        select id, product_id, ${band}, ${left} from public.variants where id = ${id ?? ''}
        on conflict (variant_id) do update set band = excluded.band, "left" = excluded."left"`
    await shelf(few?.id, 'low', 2)
    await shelf(many?.id, 'in', 40)
    await shelf(none?.id, 'out', null)
    const sold = (id: string | undefined, units: number, cancelled: number) =>
      tx`insert into public.sales_by_variant (variant_id, sold, cancelled) values (${id ?? ''}, ${units}, ${cancelled})`
    await sold(few?.id, 3, 0)
    await sold(none?.id, 9, 8)

    expect(await order('few_left')).toEqual(['Few', 'Many', 'None'])
    expect(await order('best_selling')).toEqual(['Few', 'None', 'Many'])
    const [all] = await tx`select public.find_products('') as answer`
    const [active] = await tx`select count(*)::int as n from public.products where status = 'active'`
    expect(all?.answer.total).toBe(active?.n)
  }))
