import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { ROOT } from '@/commands/root'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

const folder = join(ROOT, '../shared/data/shopify')

/** Adds the products of the real catalogues to the seed; false where they are not on this machine. */
export async function addCatalogues(sql: Sql): Promise<boolean> {
  if (!existsSync(folder)) return false
  await sql`insert into public.categories (slug, title) values ('apparel', 'Apparel'), ('home', 'Home') on conflict do nothing`
  for (const [name, category] of [
    ['apparel.csv', 'apparel'],
    ['home-and-garden.csv', 'home'],
  ] as const) {
    const file = parseFile(readFileSync(join(folder, name)), 'EUR')
    if (!file.ok || file.data.kind !== 'products') throw new Error(`${name} is no product file`)
    for (const [place, product] of file.data.products.entries()) {
      const [made] = await sql`insert into public.products
          (handle, title, description_html, vendor, category, tags, option_names, status, position)
        values (${product.handle}, ${product.title}, ${product.description_html ?? ''}, ${product.vendor ?? ''},
          ${category}, ${product.tags ?? []}, ${product.option_names ?? []}, 'active', ${1000 + place})
        on conflict do nothing returning id`
      if (!made) continue
      for (const variant of product.variants)
        await sql`insert into public.variants (product_id, sku, option_values, price_minor, position)
          values (${made.id}, ${variant.sku}, ${variant.option_values}, ${variant.price_minor ?? 0}, ${variant.position})`
    }
  }
  return true
}
