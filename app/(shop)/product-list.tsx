import type { Route } from 'next'
import { Pages } from '@/components/ui/pages'
import { type ProductPage, productsPerPage } from '@/lib/server/products/catalog-reads'
import { LiveGrid } from './live-grid'

/** One page of a listing and the way to its neighbours. */
export function ProductList({
  list,
  page,
  href,
  eager = 0,
}: {
  list: ProductPage
  page: number
  href: (page: number) => Route
  eager?: number
}) {
  return (
    <>
      <LiveGrid products={list.products} eager={eager} />
      <Pages page={page} of={Math.ceil(list.total / productsPerPage)} href={href} />
    </>
  )
}
