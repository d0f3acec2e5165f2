import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { z } from 'zod'
import { MOST_ADDRESSES, type SitemapEntry } from '@/lib/domain/machines/sitemap'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import { everyRow } from '@/lib/server/platform/every-row'
import { secretClient } from '@/lib/server/platform/supabase'

/** Products of one part of the sitemap, as public.shop_sitemaps divides them. */
const PART_SIZE = 5_000

/** Reads of a sitemap are kept until the catalogue changes, at most for minutes. */
const life = { stale: 60, revalidate: 60, expire: 300 } as const

const Part = z.int().min(0).max(1_000_000)
const Pictures = z.array(z.object({ src: z.string() })).catch([])

/** The parts of the sitemap that have products, and when one of theirs last changed. */
export async function readSitemapParts(): Promise<{ part: number; changedAt: string | null }[]> {
  'use cache'
  cacheTag(cacheTags.catalog)
  cacheLife(life)
  const rows = await everyRow(
    'shop_sitemaps',
    (from, to) =>
      secretClient().from('shop_sitemaps').select('part, changed_at').order('part').range(from, to),
    MOST_ADDRESSES - (MOST_ADDRESSES % 1_000),
  )
  return rows.map(({ part, changed_at }) => ({ part: part ?? 0, changedAt: changed_at }))
}

/** The products of one part: path, last change, and the pictures as the catalogue has them. */
export async function readSitemapPart(part: number): Promise<SitemapEntry[]> {
  'use cache'
  if (!Part.safeParse(part).success) return []
  cacheTag(cacheTags.catalog)
  cacheLife(life)
  const first = part * PART_SIZE + 1
  const rows = await everyRow('shop_products', (from, to) =>
    secretClient()
      .from('shop_products')
      .select('handle, changed_at, pictures')
      .gte('number', first)
      .lt('number', first + PART_SIZE)
      .order('number')
      .range(from, to),
  )
  return rows.map(({ handle, changed_at, pictures }) => ({
    url: `/products/${handle}`,
    changedAt: changed_at,
    pictures: Pictures.parse(pictures).map(({ src }) => src),
  }))
}
