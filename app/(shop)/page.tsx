import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { CategoryTiles } from '@/components/shop/catalog/category-tiles'
import { Hero } from '@/components/shop/catalog/hero'
import { StructuredData } from '@/components/shop/machines/structured-data'
import { SearchFilters } from '@/components/shop/search/search-filters'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { shopData } from '@/lib/domain/machines/shop-data'
import { isPlainList, listAddress, listedProducts } from '@/lib/domain/products/product-search'
import { pageNonce } from '@/lib/server/http/page-nonce'
import { siteUrl } from '@/lib/server/http/site-url'
import { listCategories } from '@/lib/server/products/catalog'
import { currentShop } from '@/lib/server/settings/shop'
import { shopPlaces } from '@/lib/server/stock/shop-places'
import { askedList } from './asked-list'
import { CatalogueNotice } from './catalogue-notice'
import { ProductList } from './product-list'
import { categoryPageWords, pageWords } from './words'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

export async function generateMetadata({ searchParams }: PageProps<'/'>): Promise<Metadata> {
  const list = listedProducts(await searchParams)
  const { page } = list
  return {
    ...(!isPlainList(list) && { robots: { index: false } }),
    alternates: { canonical: page === 1 ? '/' : `/?page=${page}` },
  }
}

export default orUnavailable('catalogue', async function CataloguePage({ searchParams }: PageProps<'/'>) {
  const asked = listedProducts(await searchParams)
  const { page } = asked
  const isPlain = isPlainList(asked)
  const [shop, categories, { list, found }, places, origin, nonce] = await Promise.all([
    currentShop(),
    listCategories(),
    askedList(asked),
    shopPlaces().catch(noneIfUnavailable),
    siteUrl(),
    pageNonce(),
  ])
  if (page > 1 && list.products.length === 0) notFound()
  // The hero has the first heading; pages without it begin with this one.
  const isFirst = page === 1 && isPlain
  const Title = isFirst ? 'h2' : 'h1'
  return (
    <>
      <CatalogueNotice />
      {isFirst && (
        <>
          <StructuredData graph={shopData(shop, places ?? [], origin)} nonce={nonce} />
          <Hero shop={shop} />
          <section
            className="page mt-20 tablet:mt-28"
            aria-labelledby="categories"
            hidden={!categories.some(({ picture }) => picture)}
          >
            <Heading level={2} size="heading" id="categories">
              {pageWords.browseCategories}
            </Heading>
            <div className="mt-8">
              <CategoryTiles categories={categories} />
            </div>
          </section>
        </>
      )}
      <section id="shelf" className="page mt-20 tablet:mt-28" aria-labelledby="on-the-shelf">
        <Row gap="wide" align="baseline" spread>
          <Title id="on-the-shelf" className="display text-heading">
            {pageWords.allProducts}
          </Title>
          <Text tone="soft" figures>
            {list.total === 1 ? '1 product' : pageWords.products(list.total)}
          </Text>
        </Row>
        {page > 1 && (
          <VisuallyHidden as="h2">
            {pageWords.page} {page}
          </VisuallyHidden>
        )}
        <Stack gap={8} className="mt-4">
          {found && <SearchFilters search={asked} found={found} categories={categories} path="/" />}
          {list.products.length > 0 || isPlain ? (
            <ProductList
              list={list}
              page={page}
              href={(to) => `${listAddress('/', { ...asked, page: to })}#shelf` as Route}
            />
          ) : (
            <EmptyState>{categoryPageWords.noneMatch}</EmptyState>
          )}
        </Stack>
      </section>
    </>
  )
})
