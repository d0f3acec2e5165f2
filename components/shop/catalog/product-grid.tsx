import type { ReactNode } from 'react'
import type { ProductCard as Card } from '@/lib/domain/products/product'
import { ProductCard } from './product-card'

/**
 * Products side by side, two to four in a row. Renders a `<ul>`.
 *
 * @param stockOf renders the live stock of one.
 * @param eager how many pictures to fetch at once: those in view before anybody scrolls.
 */
export function ProductGrid({
  products,
  stockOf,
  eager,
  isRow = false,
}: {
  products: readonly Card[]
  stockOf: (product: Card) => ReactNode
  eager: number
  /** Four that belong in one row as soon as they fit. */
  isRow?: boolean
}) {
  return (
    <ul
      className={`grid grid-cols-2 gap-x-4 gap-y-10 tablet:gap-x-6 tablet:gap-y-14 desktop:grid-cols-4 desktop:gap-x-8 ${isRow ? 'tablet:grid-cols-4' : 'tablet:grid-cols-3'}`}
    >
      {products.map((product, i) => (
        <li key={product.id}>
          <ProductCard product={product} stock={stockOf(product)} priority={i < eager} />
        </li>
      ))}
    </ul>
  )
}
