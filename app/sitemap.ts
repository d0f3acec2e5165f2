import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { siteUrl } from '@/lib/server/http/site-url'
import { listAddresses, listCategories } from '@/lib/server/products/catalog'

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection()
  const [origin, categories, products] = await Promise.all([siteUrl(), listCategories(), listAddresses()])
  const at = (path: string) => new URL(path, origin).href
  return [
    { url: at('/') },
    ...categories.map(({ slug }) => ({ url: at(`/category/${slug}`) })),
    ...products.map(({ handle, updatedAt }) => ({ url: at(`/products/${handle}`), lastModified: updatedAt })),
  ]
}
