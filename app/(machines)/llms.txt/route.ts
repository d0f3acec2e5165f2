import { connection } from 'next/server'
import { shopText } from '@/lib/domain/machines/shop-text'
import { siteUrl } from '@/lib/server/http/site-url'
import { markdownResponse } from '@/lib/server/machines/machine-response'
import { listCategories } from '@/lib/server/products/catalog'
import { currentShop } from '@/lib/server/settings/shop'

/** The shop for language models. */
export async function GET(): Promise<Response> {
  await connection()
  const [shop, categories, origin] = await Promise.all([currentShop(), listCategories(), siteUrl()])
  return markdownResponse(shopText(shop, categories, origin))
}
