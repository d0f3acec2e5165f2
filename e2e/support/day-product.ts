import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'

const shop = '30000000-0000-4000-8000-000000000001'

/** The salt jars of one chapter of a day in the shop. */
export interface DayProduct {
  handle: string
  /** The SKUs of its two glazes. */
  chalk: string
  slate: string
}

/** A product like the salt jars of the shop, with new variants: eight units in chalk at €36.00, and so many in slate. */
export async function makeDayProduct(sql: Sql, slate: number, slateMinor: number): Promise<DayProduct> {
  const [{ made } = { made: 0 }] =
    await sql`select count(*)::int as made from public.products where handle like 'salt-jar-%'`
  const tag = `${Number(made) + 2}`
  const product = { handle: `salt-jar-${tag}`, chalk: `SALT-JAR-CHAL-${tag}`, slate: `SALT-JAR-SLAT-${tag}` }
  await sql.begin(async (tx) => {
    const [row] = await tx`
      insert into public.products (handle, title, description_html, category, vendor, tags, option_names, status, position)
      select ${product.handle}, title, description_html, category, vendor, tags, option_names, 'active', 9000
      from public.products where handle = 'salt-jar' returning id`
    const variants = await tx`
      insert into public.variants (product_id, sku, option_values, price_minor, position)
      select ${row?.id}, sku || ${`-${tag}`}, option_values, 3600, variants.position
      from public.variants join public.products on products.id = product_id where handle = 'salt-jar' returning id, sku`
    await tx`update public.variants set price_minor = ${slateMinor} where sku = ${product.slate}`
    await tx`
      insert into public.product_media (product_id, position, src, alt)
      select ${row?.id}, media.position, src, alt
      from public.product_media as media join public.products on products.id = product_id where handle = 'salt-jar'`
    const lines = variants.map(({ id, sku }) => ({
      variant_id: id,
      quantity: sku === product.chalk ? 8 : slate,
    }))
    await tx`select from public.receive_stock(${shop}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return product
}
