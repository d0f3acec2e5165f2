import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { askedList } from '@/app/(shop)/asked-list'
import { CatalogueNotice } from '@/app/(shop)/catalogue-notice'
import { ProductList } from '@/app/(shop)/product-list'
import { categoryPageWords } from '@/app/(shop)/words'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { CategoryHeader } from '@/components/shop/catalog/category-header'
import { SearchFilters } from '@/components/shop/search/search-filters'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Stack } from '@/components/ui/layout/stack'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { isPlainList, listAddress, listedProducts } from '@/lib/domain/products/product-search'
import { listCategories } from '@/lib/server/products/catalog'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

async function findCategory(slug: string) {
  return (await listCategories()).find((category) => category.slug === slug)
}

export async function generateMetadata({
  params,
  searchParams,
}: PageProps<'/category/[slug]'>): Promise<Metadata> {
  const { slug } = await params
  const list = listedProducts(await searchParams, slug)
  const { page } = list
  const category = await findCategory(slug).catch(noneIfUnavailable)
  if (!category) return {}
  return {
    title: category.title,
    description: category.blurb,
    ...(!isPlainList(list, slug) && { robots: { index: false } }),
    alternates: { canonical: page === 1 ? `/category/${slug}` : `/category/${slug}?page=${page}` },
  }
}

export default orUnavailable(
  'catalogue',
  async function CategoryPage({ params, searchParams }: PageProps<'/category/[slug]'>) {
    const { slug } = await params
    const asked = listedProducts(await searchParams, slug)
    const isPlain = isPlainList(asked, slug)
    const [category, { list, found }] = await Promise.all([findCategory(slug), askedList(asked, slug)])
    if (!category || (list.products.length === 0 && (isPlain || asked.page > 1))) notFound()
    const path = `/category/${slug}`
    return (
      <>
        <CatalogueNotice />
        <CategoryHeader category={category} />
        <div className="page mt-12 tablet:mt-16">
          <VisuallyHidden as="h2">
            {categoryPageWords.everythingIn} {category.title}
          </VisuallyHidden>
          <Stack gap={8}>
            {found && <SearchFilters search={asked} found={found} categories={[]} path={path} />}
            {list.products.length > 0 ? (
              <ProductList
                list={list}
                page={asked.page}
                href={(page) => listAddress(path, { ...asked, page }) as Route}
              />
            ) : (
              <EmptyState>{categoryPageWords.noneMatch}</EmptyState>
            )}
          </Stack>
        </div>
      </>
    )
  },
)
