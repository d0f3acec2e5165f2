import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { CatalogueNotice } from '@/app/(shop)/catalogue-notice'
import { ProductList } from '@/app/(shop)/product-list'
import { categoryPageWords } from '@/app/(shop)/words'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { CategoryHeader } from '@/components/shop/catalog/category-header'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { PageNumber } from '@/lib/domain/core/page-number'
import { listCategories, listProducts } from '@/lib/server/products/catalog'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

async function findCategory(slug: string) {
  return (await listCategories()).find((category) => category.slug === slug)
}

export async function generateMetadata({ params }: PageProps<'/category/[slug]'>): Promise<Metadata> {
  const { slug } = await params
  const category = await findCategory(slug).catch(noneIfUnavailable)
  if (!category) return {}
  return {
    title: category.title,
    description: category.blurb,
    alternates: { canonical: `/category/${slug}` },
  }
}

export default orUnavailable(
  'catalogue',
  async function CategoryPage({ params, searchParams }: PageProps<'/category/[slug]'>) {
    const { slug } = await params
    const page = PageNumber.parse((await searchParams).page)
    const [category, list] = await Promise.all([findCategory(slug), listProducts({ category: slug }, page)])
    if (!category || list.products.length === 0) notFound()
    const href = (to: number) => (to === 1 ? `/category/${slug}` : `/category/${slug}?page=${to}`) as Route
    return (
      <>
        <CatalogueNotice />
        <CategoryHeader category={category} />
        <div className="page mt-12 tablet:mt-16">
          <VisuallyHidden as="h2">
            {categoryPageWords.everythingIn} {category.title}
          </VisuallyHidden>
          <ProductList list={list} page={page} href={href} />
        </div>
      </>
    )
  },
)
