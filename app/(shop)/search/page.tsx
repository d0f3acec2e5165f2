import type { Metadata, Route } from 'next'
import { ProductList } from '@/app/(shop)/product-list'
import { searchPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { NothingFound } from '@/components/shop/catalog/nothing-found'
import { SearchForm } from '@/components/shop/shell/search-form'
import { ShopPage } from '@/components/ui/layout/page'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { PageNumber } from '@/lib/domain/core/page-number'
import { SearchText } from '@/lib/domain/products/search-words'
import { listCategories, listProducts } from '@/lib/server/products/catalog'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

export const metadata: Metadata = { title: searchPageWords.search, robots: { index: false } }

export default orUnavailable('search', async function SearchPage({ searchParams }: PageProps<'/search'>) {
  const asked = await searchParams
  const words = SearchText.parse(asked.q)
  const page = PageNumber.parse(asked.page)
  const [categories, list] = await Promise.all([listCategories(), listProducts({ words }, page)])
  const href = (to: number) => `/search?${new URLSearchParams({ q: words, page: String(to) })}` as Route
  return (
    <ShopPage>
      <VisuallyHidden as="h1">{searchPageWords.search}</VisuallyHidden>
      <SearchForm label={searchPageWords.searchResults} words={words} size="large" />
      {words !== '' && <h2 className="mt-4 text-soft">{foundWords(list.total)}</h2>}
      <div className="mt-10">
        {list.products.length > 0 ? (
          <ProductList list={list} page={page} href={href} eager={4} />
        ) : (
          <NothingFound words={words} categories={categories} />
        )}
      </div>
    </ShopPage>
  )
})

function foundWords(total: number): string {
  if (total === 0) return searchPageWords.noProductsFound
  return total === 1 ? searchPageWords.n1ProductFound : searchPageWords.productsFound(total)
}
