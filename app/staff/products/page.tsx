import type { Metadata, Route } from 'next'
import { productsPageWords } from '@/app/staff/words'
import { primaryButton } from '@/components/staff/forms/controls'
import { ProductFilterForm } from '@/components/staff/products/product-filter-form'
import { ProductList } from '@/components/staff/products/product-list'
import { ProductsPulse } from '@/components/staff/products/products-pulse'
import { Link } from '@/components/ui/link'
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
    <main className="page grid gap-6 py-8">
      <ProductsPulse newest={newest} shown={shown} priced={priced} variants={variants} />
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <h1 className="display text-heading">{productsPageWords.products}</h1>
        {roleReaches(member.role, 'manager') && (
          <Link href="/staff/products/new" className={`${primaryButton} inline-flex items-center`}>
            {productsPageWords.newProduct}
          </Link>
        )}
      </header>
      <ProductFilterForm filter={filter} categories={categories} />
      {entries.length === 0 ? (
        <p className="py-12 text-lead text-soft">{productsPageWords.noProductsMatchTryFewer}</p>
      ) : (
        <ProductList entries={entries} categories={categories} />
      )}
      {(filter.after || hasMore) && (
        <nav aria-label={productsPageWords.productPages} className="flex gap-6 text-small">
          {filter.after && (
            <Link href={productsAddress({ ...filter, after: '' }) as Route} className="underlined text-link">
              {productsPageWords.backToFirstPage}
            </Link>
          )}
          {hasMore && last && (
            <Link
              href={productsAddress({ ...filter, after: last.product_id }) as Route}
              className="underlined ms-auto text-link"
            >
              {productsPageWords.nextProducts}
            </Link>
          )}
        </nav>
      )}
    </main>
  )
}
