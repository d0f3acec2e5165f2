import { noneIfUnavailable } from '@/app/unavailable-page'
import { isPlainList, type ProductSearch } from '@/lib/domain/products/product-search'
import { listProducts } from '@/lib/server/products/catalog'
import type { ProductPage } from '@/lib/server/products/catalog-reads'
import { findListed, findPlainList, type SearchResult } from '@/lib/server/products/search'

interface AskedList {
  list: ProductPage
  /** The same list with the numbers beside its filters; null while they cannot be read. */
  found: SearchResult | null
}

/**
 * One page of the list of a category, or of all products. A list in which nothing is chosen is the catalogue's, which can
 * be read while its filters cannot.
 */
export async function askedList(asked: ProductSearch, category?: string): Promise<AskedList> {
  if (!isPlainList(asked, category)) {
    const found = await findListed(asked)
    return { list: found, found }
  }
  const [list, found] = await Promise.all([
    listProducts(category === undefined ? {} : { category }, asked.page),
    findPlainList(asked).catch(noneIfUnavailable),
  ])
  return { list, found }
}
