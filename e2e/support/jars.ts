import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'

const shop = '30000000-0000-4000-8000-000000000001'

/** The salt jars of one try of a day in the shop. */
export interface Jars {
  handle: string
  /** The SKUs of its two glazes. */
  chalk: string
  slate: string
}

/** Salt jars like those of the shop, eight in chalk and three in slate: nothing that an earlier try of the day left is of these. */
export async function unpackJars(sql: Sql): Promise<Jars> {
  const [{ tries } = { tries: 0 }] =
    await sql`select count(*)::int as tries from public.products where handle like 'salt-jar-%'`
  const tag = `${Number(tries) + 2}`
  const jar = { handle: `salt-jar-${tag}`, chalk: `SALT-JAR-CHAL-${tag}`, slate: `SALT-JAR-SLAT-${tag}` }
  await sql.begin(async (tx) => {
    await tx`update public.products set status = 'archived' where handle like 'salt-jar-%'`
    const [made] = await tx`
      insert into public.products (handle, title, description_html, category, vendor, tags, option_names, status, position)
      select ${jar.handle}, title, description_html, category, vendor, tags, option_names, 'active', 9000
      from public.products where handle = 'salt-jar' returning id`
    const variants = await tx`
      insert into public.variants (product_id, sku, option_values, price_minor, position)
      select ${made?.id}, sku || ${`-${tag}`}, option_values, 3600, variants.position
      from public.variants join public.products on products.id = product_id where handle = 'salt-jar' returning id, sku`
    await tx`
      insert into public.product_media (product_id, position, src, alt)
      select ${made?.id}, media.position, src, alt
      from public.product_media as media join public.products on products.id = product_id where handle = 'salt-jar'`
    const lines = variants.map(({ id, sku }) => ({ variant_id: id, quantity: sku === jar.chalk ? 8 : 3 }))
    await tx`select from public.receive_stock(${shop}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return jar
}
