import { LiveGrid } from '@/app/(shop)/live-grid'
import { relatedWords } from '@/app/(shop)/words'
import { noneIfUnavailable } from '@/app/unavailable-page'
import { Heading } from '@/components/ui/text/heading'
import type { Product } from '@/lib/domain/products/product'
import { relatedTo } from '@/lib/server/products/related'
import { inTime } from '@/lib/server/resilience/in-time'

/** The page of a product waits so long for the related ones, in milliseconds. */
const patienceMs = 1_000

/** Four products that are bought with this one, or nothing while they cannot be read. */
export async function Related({ product }: { product: Product }) {
  const read = inTime(relatedTo(product.id, product.category.slug), patienceMs)
  const others = (await read.catch(noneIfUnavailable)) ?? []
  if (others.length === 0) return null
  return (
    <section className="page mt-24 tablet:mt-32" aria-labelledby="related">
      <Heading level={2} size="heading" id="related" className="mb-8">
        {relatedWords.youMayAlsoLike}
      </Heading>
      <LiveGrid products={others} isRow />
    </section>
  )
}
