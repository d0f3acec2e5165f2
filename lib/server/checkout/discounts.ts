import 'server-only'
import { z } from 'zod'
import { Discount, DiscountCount, type ListedDiscount } from '@/lib/domain/checkout/discount'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

const discountColumns =
  'id, title, code, kind, percent_bp, amount_minor, category, product_id, minimum_minor, starts_at, ends_at, per_person, active, version'

/** The discounts of the shop, newest first, and its categories. */
export async function readDiscounts(): Promise<{
  discounts: ListedDiscount[]
  categories: { slug: string; title: string }[]
}> {
  const client = await sessionClient()
  const [found, counted, categories] = await Promise.all([
    client
      .from('discounts')
      .select(discountColumns)
      .order('created_at', { ascending: false })
      .order('id')
      .limit(1000),
    client.from('discount_counts').select('discount_id, uses_limit, held, used, version').limit(1000),
    client.from('categories').select('slug, title').order('position').order('title').limit(500),
  ])
  const discounts = z.array(Discount).parse(rowsOrThrow('discounts', found))
  const counts = z.array(DiscountCount).parse(rowsOrThrow('discount_counts', counted))
  const ids = discounts.flatMap(({ product_id }) => product_id ?? [])
  const products =
    ids.length === 0
      ? []
      : rowsOrThrow('products', await client.from('products').select('id, handle').in('id', ids).limit(1000))
  return {
    discounts: discounts.map((discount) => ({
      discount,
      count: counts.find(({ discount_id }) => discount_id === discount.id) ?? null,
      product: products.find(({ id }) => id === discount.product_id)?.handle ?? null,
    })),
    categories: rowsOrThrow('categories', categories),
  }
}
