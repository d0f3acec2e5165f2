import type { Metadata } from 'next'
import { productsPageWords } from '@/app/staff/products/words'
import { ProductFilterForm } from '@/components/staff/products/product-filter-form'
import { ProductList } from '@/components/staff/products/product-list'
import { ProductsPulse } from '@/components/staff/products/products-pulse'
import { ButtonLink } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { NextPages } from '@/components/ui/navigation/next-pages'
import { roleReaches } from '@/lib/domain/people/staff'
import { newestProducts, variantsOf } from '@/lib/domain/products/live'
import { followable, ProductFilter, productsAddress } from '@/lib/domain/products/product-list'
import { firstPage, firstValue } from '@/lib/server/platform/live'
import { searchProducts } from '@/lib/server/products/products'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: productsPageWords.products }

export default async function ProductsRoute({ searchParams }: PageProps<'/staff/products'>) {
  const member = await requireStaff('viewer')
  const filter = ProductFilter.parse(await searchParams)
  const token = await currentAccessToken()
  // The newest before the list: one that is made in between is seen twice, and not missed.
  const newest = await firstPage(newestProducts, token)
  const [{ entries, hasMore }, categories] = await Promise.all([searchProducts(filter), allCategories()])
  const shown = entries.map(({ product_id, version }) => ({ id: product_id, version }))
  const priced = followable(entries)
  const variants = await firstValue(variantsOf(priced), token)
  const last = entries.at(-1)
  return (
    <StaffPage gap={6}>
      <ProductsPulse newest={newest} shown={shown} priced={priced} variants={variants} />
      <PageHeading
        title={productsPageWords.products}
        actions={
          roleReaches(member.role, 'manager') && (
            <ButtonLink kind="primary" href="/staff/products/new">
              {productsPageWords.newProduct}
            </ButtonLink>
          )
        }
      />
      <ProductFilterForm filter={filter} categories={categories} />
      {entries.length === 0 ? (
        <EmptyState isPage>{productsPageWords.noProductsMatchTryFewer}</EmptyState>
      ) : (
        <ProductList entries={entries} categories={categories} />
      )}
      <NextPages
        label={productsPageWords.productPages}
        first={
          filter.after
            ? { href: productsAddress({ ...filter, after: '' }), label: productsPageWords.backToFirstPage }
            : null
        }
        next={
          hasMore && last
            ? {
                href: productsAddress({ ...filter, after: last.product_id }),
                label: productsPageWords.nextProducts,
              }
            : null
        }
      />
    </StaffPage>
  )
}
