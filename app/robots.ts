import type { MetadataRoute } from 'next'
import { siteUrl } from '@/lib/server/http/site-url'

export default async function robots(): Promise<MetadataRoute.Robots> {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/staff', '/search', '/api', '/cart', '/checkout', '/orders', '/account'],
    },
    sitemap: new URL('/sitemap.xml', await siteUrl()).href,
  }
}
