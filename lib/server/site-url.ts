import 'server-only'
import { headers } from 'next/headers'
import { cameOverHttps } from './request'

/** The address this request came to, for absolute links in metadata, robots.txt and the sitemap. */
export async function siteUrl(): Promise<URL> {
  const asked = await headers()
  const host = asked.get('x-forwarded-host') ?? asked.get('host') ?? 'localhost:3000'
  return new URL(`${cameOverHttps(asked) ? 'https' : 'http'}://${host}`)
}
