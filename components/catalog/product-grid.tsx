import type { ReactNode } from 'react'
import type { ProductCard as Card } from '@/lib/domain/product'
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
}: {
  products: readonly Card[]
  stockOf: (product: Card) => ReactNode
  eager: number
}) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-10 tablet:grid-cols-3 tablet:gap-x-6 tablet:gap-y-14 desktop:grid-cols-4 desktop:gap-x-8">
      {products.map((product, i) => (
        <li key={product.id}>
          <ProductCard product={product} stock={stockOf(product)} priority={i < eager} />
        </li>
      ))}
    </ul>
  )
}
