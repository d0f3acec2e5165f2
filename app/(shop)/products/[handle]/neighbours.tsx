import { LiveGrid } from '@/app/(shop)/live-grid'
import { productNeighboursWords } from '@/app/(shop)/words'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { Heading } from '@/components/ui/text/heading'
import type { Product } from '@/lib/domain/products/product'
import { listProducts } from '@/lib/server/products/catalog'
import { inTime } from '@/lib/server/resilience/in-time'

/** The page of a product waits so long for its neighbours, in milliseconds. */
const patienceMs = 1_000

/** Four products of the same category, or nothing while they cannot be read: those after this one, then the first ones. */
export async function Neighbours({ product }: { product: Product }) {
  const read = inTime(listProducts({ category: product.category.slug }, 1), patienceMs)
  const { products } = (await read.catch(noneIfUnavailable)) ?? { products: [] }
  const at = products.findIndex(({ id }) => id === product.id)
  const others = [...products.slice(at + 1), ...products.slice(0, Math.max(at, 0))].slice(0, 4)
  if (others.length === 0) return null
  return (
    <section className="page mt-24 tablet:mt-32" aria-labelledby="neighbours">
      <Heading level={2} size="heading" id="neighbours" className="mb-8">
        {productNeighboursWords.youMayAlsoLike}
      </Heading>
      <LiveGrid products={others} isRow />
    </section>
  )
}
