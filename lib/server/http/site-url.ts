import 'server-only'
import { headers } from 'next/headers'
import { siteAddress } from '@/lib/server/platform/env'
import { cameOverHttps } from './request'

/**
 * The address of the shop, for absolute links in metadata, robots.txt and the sitemap: SITE_URL, else the address that this
 * request came to, which anybody can name.
 */
export async function siteUrl(): Promise<URL> {
  const asked = await headers()
  const host = asked.get('x-forwarded-host') ?? asked.get('host')
  return (
    siteAddress() ??
    URL.parse(`${cameOverHttps(asked) ? 'https' : 'http'}://${host}`) ??
    new URL('http://localhost:3000')
  )
}
