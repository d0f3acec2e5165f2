import 'server-only'
import { z } from 'zod'
import { isSearch, type ProductSearch } from '@/lib/domain/products/product-search'
import { isSuggestible } from '@/lib/domain/products/suggestible'
import { Suggestion } from '@/lib/domain/products/suggestion'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { lastKnown } from '@/lib/server/resilience/last-known'
import { productsPerPage } from './catalog-reads'
import { toCard } from './catalog-rows'
import { shareCounts } from './shared-counts'

const Counts = z.record(z.string(), z.int())

/** A page of a search. The numbers beside each filter are those without it. */
const SearchResult = z
  .object({
    products: z.array(z.unknown().transform(toCard)),
    total: z.int(),
    meant: z.string().nullable(),
    is_nearest: z.boolean(),
    currency: z.string(),
    categories: Counts,
    choices: Counts,
    in_stock: z.int(),
  })
  // isNearest: no product has all of the words; these have some of them, or words like them.
  .transform(({ is_nearest: isNearest, ...rest }) => ({ ...rest, isNearest }))
export type SearchResult = z.output<typeof SearchResult>

/** One page of the products that a shopper searches for, the best first; null where nothing is asked for. */
export async function findProducts(search: ProductSearch): Promise<SearchResult | null> {
  return isSearch(search) ? findListed(search) : null
}

/** The numbers beside the filters of a list, at most a second old. */
export const countProducts = shareCounts(async (list) => {
  const { categories, choices, in_stock } = await findListed(list, 0)
  return { categories, choices, in_stock }
})

/** One page of a list in which nothing is chosen, or the last known one: such lists are few. */
export async function findPlainList(list: ProductSearch): Promise<SearchResult> {
  return lastKnown(
    `list ${list.page} ${list.category}`,
    async () => ({ value: await findListed(list), readAt: Date.now() }),
    ({ products }) => products.length > 0,
  )
}

/** One page of a list, without words one of a category or of all products. Any list can be asked for: never kept. */
export async function findListed(search: ProductSearch, size = productsPerPage): Promise<SearchResult> {
  const { q, category, from, to, stock, choice, sort, page } = search
  const answer = await secretClient().rpc('find_products', {
    query: q,
    filters: {
      ...(category && { category }),
      ...(from && { from_price: Number(from) }),
      ...(to && { to_price: Number(to) }),
      ...(stock && { in_stock: true }),
      ...(choice.length > 0 && { choices: choice }),
    },
    sort,
    first: (page - 1) * size,
    size,
  })
  return SearchResult.parse(rowsOrThrow('find_products', answer))
}

/** A few products for a search that is being typed, the best first. */
export async function suggestProducts(query: string): Promise<Suggestion[]> {
  if (!isSuggestible(query)) return []
  const answer = await secretClient().rpc('suggest_products', { query })
  return z.object({ products: Suggestion.array() }).parse(rowsOrThrow('suggest_products', answer)).products
}
