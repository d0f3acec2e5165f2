import type { Metadata, Route } from 'next'
import { ProductList } from '@/app/(shop)/product-list'
import { searchPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { NothingFound } from '@/components/shop/catalog/nothing-found'
import { SearchFilters } from '@/components/shop/search/search-filters'
import { SearchForm } from '@/components/shop/shell/search-form'
import { ShopPage } from '@/components/ui/layout/page'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { isNarrowed, ProductSearch, searchParameters } from '@/lib/domain/products/product-search'
import { listCategories } from '@/lib/server/products/catalog'
import { findProducts, type SearchResult } from '@/lib/server/products/search'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

export const metadata: Metadata = { title: searchPageWords.search, robots: { index: false } }

export default orUnavailable('search', async function SearchPage({ searchParams }: PageProps<'/search'>) {
  const search = ProductSearch.parse(await searchParams)
  const [categories, found] = await Promise.all([listCategories(), findProducts(search)])
  const href = (page: number) => `/search?${searchParameters({ ...search, page })}` as Route
  return (
    <ShopPage>
      <VisuallyHidden as="h1">{searchPageWords.search}</VisuallyHidden>
      <SearchForm label={searchPageWords.searchResults} words={search.q} size="large" />
      {found && <h2 className="mt-4 text-soft">{foundWords(search.q, found)}</h2>}
      {found && (found.total > 0 || isNarrowed(search)) && (
        <SearchFilters search={search} found={found} categories={categories} />
      )}
      <div className="mt-10">
        {found && found.products.length > 0 ? (
          <ProductList list={found} page={search.page} href={href} eager={4} />
        ) : (
          <NothingFound words={search.q} categories={categories} />
        )}
      </div>
    </ShopPage>
  )
})

/** A search looks no further (private.search_matches). */
const mostFound = 1000

function foundWords(words: string, { total, meant, isNearest }: SearchResult): string {
  if (total === 0) return searchPageWords.noProductsFound
  if (isNearest) return searchPageWords.nearest(words)
  if (meant !== null) return searchPageWords.readAs(meant, words)
  if (total >= mostFound) return searchPageWords.manyFound
  return total === 1 ? searchPageWords.n1ProductFound : searchPageWords.productsFound(total)
}
