import type { Product } from '@/lib/domain/product'
import { ProductImage } from './product-image'

/** A product's pictures: the first large, the others in pairs below it. Renders a `<ul>`. */
export function Gallery({ product, pictures }: { product: Product; pictures: Product['pictures'] }) {
  const described = { title: product.title, category: product.category.title, handle: product.handle }
  const [first = null, ...others] = pictures
  return (
    <ul className="grid grid-cols-2 gap-4 tablet:gap-6">
      <li className="col-span-2">
        <ProductImage product={described} picture={first} priority />
      </li>
      {others.map((picture, i) => (
        <li
          key={picture.src}
          className={i === others.length - 1 && i % 2 === 0 ? 'hidden tablet:block' : undefined}
        >
          <ProductImage product={described} picture={picture} />
        </li>
      ))}
    </ul>
  )
}
