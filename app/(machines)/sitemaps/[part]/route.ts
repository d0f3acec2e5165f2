import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { sitemapXml } from '@/lib/domain/machines/sitemap'
import { siteUrl } from '@/lib/server/http/site-url'
import { xmlResponse } from '@/lib/server/machines/machine-response'
import { readSitemapPart } from '@/lib/server/machines/sitemap-reads'
import { listCategories } from '@/lib/server/products/catalog'

/** One sitemap: `pages.xml`, or a part of the products by its number. */
export async function GET(_: Request, { params }: RouteContext<'/sitemaps/[part]'>): Promise<Response> {
  await connection()
  const [, name] = /^(pages|\d{1,7})\.xml$/.exec((await params).part) ?? []
  if (name === undefined) notFound()
  const [origin, entries] = await Promise.all([
    siteUrl(),
    name === 'pages' ? ownPages() : readSitemapPart(Number(name)),
  ])
  if (entries.length === 0) notFound()
  const at = (path: string) => new URL(path, origin).href
  return xmlResponse(
    sitemapXml(
      entries.map(({ url, changedAt = null, pictures = [] }) => ({
        url: at(url),
        changedAt,
        pictures: pictures.map(at),
      })),
    ),
  )
}

async function ownPages(): Promise<{ url: string; changedAt?: string; pictures?: string[] }[]> {
  const categories = await listCategories()
  return [{ url: '/' }, ...categories.map(({ slug }) => ({ url: `/category/${slug}` }))]
}
