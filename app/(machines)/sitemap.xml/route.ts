import { connection } from 'next/server'
import { sitemapIndexXml } from '@/lib/domain/machines/sitemap'
import { siteUrl } from '@/lib/server/http/site-url'
import { xmlResponse } from '@/lib/server/machines/machine-response'
import { readSitemapParts } from '@/lib/server/machines/sitemap-reads'

/** The index of the sitemaps: one of the shop's own pages, and one for every part of its products. */
export async function GET(): Promise<Response> {
  await connection()
  const [origin, parts] = await Promise.all([siteUrl(), readSitemapParts()])
  const at = (part: string | number) => new URL(`/sitemaps/${part}.xml`, origin).href
  return xmlResponse(
    sitemapIndexXml([
      { url: at('pages') },
      ...parts.map(({ part, changedAt }) => ({ url: at(part), changedAt })),
    ]),
  )
}
