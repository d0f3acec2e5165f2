import type { Product } from '@/lib/domain/products/product'
import { ProductImage } from './product-image'

/** The columns of the further pictures: pairs, or three where that leaves none alone. */
function columns(pictures: number): string {
  return pictures % 3 === 0 ? 'grid-cols-3' : pictures === 1 ? 'grid-cols-1' : 'grid-cols-2'
}

/** The pictures after the first. Renders a `<ul>`, or nothing when there are none. */
export function Gallery({ product, pictures }: { product: Product; pictures: Product['pictures'] }) {
  if (pictures.length === 0) return null
  return (
    <ul className={`grid gap-4 tablet:gap-6 ${columns(pictures.length)}`}>
      {pictures.map((picture) => (
        <li key={picture.src}>
          <ProductImage product={product} picture={picture} />
        </li>
      ))}
    </ul>
  )
}
