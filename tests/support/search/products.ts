import { randomUUID } from 'node:crypto'
import type { Tx } from '@/tests/support/database'

/** A product of a test; what is not named does not matter. */
export interface Made {
  title: string
  category?: string
  vendor?: string
  tags?: string[]
  html?: string
  options?: [name: string, ...values: string[]]
  sku?: string
  barcode?: string
  price?: number
}

/** Products with words that no other test uses. Returns their ids by title. */
export async function products(tx: Tx, ...made: Made[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const { title, options, ...rest } of made) {
    await tx`insert into public.categories (slug, title) values (${rest.category ?? 'table'}, 'Category')
      on conflict do nothing`
    const [row] = await tx`insert into public.products
        (handle, title, category, vendor, tags, description_html, option_names, status)
      values (${randomUUID()}, ${title}, ${rest.category ?? 'table'}, ${rest.vendor ?? ''}, ${rest.tags ?? []},
        ${rest.html ?? ''}, ${options ? [options[0]] : []}, 'active')
      returning id`
    const id = String(row?.id)
    ids[title] = id
    const values: (string | undefined)[] = options ? options.slice(1) : [undefined]
    for (const [place, value] of values.entries())
      await tx`insert into public.variants (product_id, sku, barcode, option_values, price_minor, position)
        values (${id}, ${rest.sku ?? randomUUID()}, ${rest.barcode ?? null}, ${value ? [value] : []},
          ${rest.price ?? 1000}, ${place + 1})`
  }
  return ids
}

/** The first hundred products that a search finds, with its numbers. */
export async function answer(tx: Tx, query: string, filters: object = {}, sort = 'relevance') {
  const [row] =
    await tx`select public.find_products(${query}, ${tx.json(filters as never)}, ${sort}, 0, 100) as found`
  return row?.found
}
export const titles = async (tx: Tx, query: string, filters: object = {}, sort?: string): Promise<string[]> =>
  (await answer(tx, query, filters, sort)).products.map(({ title }: { title: string }) => title)

export const zorbs: Made[] = [
  { title: 'Zörbel Pitcher', vendor: 'Quimby', tags: ['glazed'], html: '<ul><li>Holds a quartle</li></ul>' },
  { title: 'Zorbel Rack', options: ['Colour', 'Vermillon', 'Ochrish'] },
]
