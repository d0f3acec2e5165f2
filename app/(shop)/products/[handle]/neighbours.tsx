import { LiveGrid } from '@/app/(shop)/live-grid'
import { productNeighboursWords } from '@/app/(shop)/words'
import type { Product } from '@/lib/domain/products/product'
import { listProducts } from '@/lib/server/products/catalog'

/** Four other things from the same aisle: those that follow it, then from the start again. */
export async function Neighbours({ product }: { product: Product }) {
  const { products } = await listProducts({ category: product.category.slug }, 1)
  const at = products.findIndex(({ id }) => id === product.id)
  const others = [...products.slice(at + 1), ...products.slice(0, Math.max(at, 0))].slice(0, 4)
  if (others.length === 0) return null
  return (
    <section className="page mt-24 tablet:mt-32" aria-labelledby="neighbours">
      <h2 id="neighbours" className="display mb-8 text-heading">
        {productNeighboursWords.youMayAlsoLike}
      </h2>
      <LiveGrid products={others} isRow />
    </section>
  )
}
