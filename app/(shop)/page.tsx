import type { Route } from 'next'
import { notFound } from 'next/navigation'
import { orUnavailable } from '@/app/unavailable-page'
import { CategoryTiles } from '@/components/shop/catalog/category-tiles'
import { Hero } from '@/components/shop/catalog/hero'
import { Row } from '@/components/ui/layout/row'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { PageNumber } from '@/lib/domain/core/page-number'
import { listCategories, listProducts } from '@/lib/server/products/catalog'
import { CatalogueNotice } from './catalogue-notice'
import { ProductList } from './product-list'
import { pageWords } from './words'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

const href = (page: number): Route => (page === 1 ? '/#shelf' : `/?page=${page}#shelf`)

export default orUnavailable('catalogue', async function CataloguePage({ searchParams }: PageProps<'/'>) {
  const page = PageNumber.parse((await searchParams).page)
  const [categories, list] = await Promise.all([listCategories(), listProducts({}, page)])
  if (page > 1 && list.products.length === 0) notFound()
  // The hero has the first heading; pages without it begin with this one.
  const Title = page === 1 ? 'h2' : 'h1'
  return (
    <>
      <CatalogueNotice />
      {page === 1 && (
        <>
          <Hero />
          <section className="page mt-20 tablet:mt-28" aria-labelledby="categories">
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
        <div className="mt-8">
          <ProductList list={list} page={page} href={href} />
        </div>
      </section>
    </>
  )
})
