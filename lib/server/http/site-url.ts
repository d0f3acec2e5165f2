import 'server-only'
import { connection } from 'next/server'
import { siteAddress } from '@/lib/server/platform/env'

const unknownAddress = new URL('http://localhost:3000')

/**
 * The address of the shop, for absolute links in metadata, robots.txt and the sitemap: SITE_URL. Never the host that a
 * request names: pages are shared, and anybody can name a host. The build knows no address, so this waits for a request.
 */
export async function siteUrl(): Promise<URL> {
  await connection()
  return siteAddress() ?? unknownAddress
}
