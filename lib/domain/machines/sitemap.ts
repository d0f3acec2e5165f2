import { element, xmlText } from './xml'

/** One address with the day of its last change and its pictures. */
export interface SitemapEntry {
  url: string
  changedAt?: string | null
  pictures?: readonly string[]
}

/** A sitemap has at most so many addresses, and so many pictures each. Source: sitemaps.org and Google's image sitemaps. */
export const MOST_ADDRESSES = 50_000
const MOST_PICTURES = 1_000

/** A sitemap of these addresses, at most MOST_ADDRESSES. */
export function sitemapXml(entries: readonly SitemapEntry[]): string {
  const urls = entries.slice(0, MOST_ADDRESSES).map(({ url, changedAt, pictures = [] }) => {
    const images = pictures
      .slice(0, MOST_PICTURES)
      .map((src) => `<image:image><image:loc>${xmlText(src)}</image:loc></image:image>`)
    return `<url><loc>${xmlText(url)}</loc>${lastmod(changedAt)}${images.join('')}</url>\n`
  })
  return `${head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n${urls.join('')}</urlset>\n`
}

/** The index of several sitemaps. */
export function sitemapIndexXml(sitemaps: readonly SitemapEntry[]): string {
  const parts = sitemaps.map(
    ({ url, changedAt }) => `<sitemap><loc>${xmlText(url)}</loc>${lastmod(changedAt)}</sitemap>\n`,
  )
  return `${head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${parts.join('')}</sitemapindex>\n`
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** In the form of the W3C that sitemaps ask for; nothing where the date is not known. */
function lastmod(changedAt: string | null | undefined): string {
  const date = new Date(changedAt ?? '')
  return Number.isNaN(date.getTime()) ? '' : element('lastmod', date.toISOString())
}
