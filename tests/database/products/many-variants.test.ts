import { createClient } from '@supabase/supabase-js'
import { afterAll, expect, test } from 'vitest'
import { everyRow } from '@/lib/server/platform/every-row'
import { productColumns, toProduct } from '@/lib/server/products/catalog-rows'
import { aShop, connect } from '@/tests/support/database'

const sql = connect(1)
const client = createClient(process.env.NEXT_PUBLIC_SUPABASE_URL ?? '', process.env.SUPABASE_SECRET_KEY ?? '')
const MANY = 2048
const shops: string[] = []
afterAll(async () => {
  await sql`update public.products set status = 'draft' where id in ${sql(shops)}`
  await sql.end()
})

async function aWideProduct() {
  const { productId, variants } = await aShop(sql, MANY, 'active')
  shops.push(productId)
  return { productId, variants }
}

test('the shop sees every variant of a product that has 2,048 of them', async () => {
  const { productId, variants } = await aWideProduct()

  const { data } = await client.from('shop_products').select(productColumns).eq('id', productId)

  const product = toProduct(data?.[0])
  expect(product.variants.map(({ id }) => id).toSorted()).toEqual([...variants].toSorted())
})

test('a list that is longer than the Data API answers at once is read whole', async () => {
  const { productId, variants } = await aWideProduct()

  const rows = await everyRow('variants', (from, to) =>
    client.from('variants').select('id').eq('product_id', productId).order('id').range(from, to),
  )

  expect(rows.map(({ id }) => id)).toEqual([...variants].toSorted())
})

test('a list of exactly as many rows as the Data API answers at once ends', async () => {
  const { productId } = await aShop(sql, 1000, 'draft')

  const rows = await everyRow('variants', (from, to) =>
    client.from('variants').select('id').eq('product_id', productId).order('id').range(from, to),
  )

  expect(rows).toHaveLength(1000)
})
