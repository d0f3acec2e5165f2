import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import type { ProductCard as Card } from '@/lib/domain/products/product'
import { Price } from './price'
import { ProductImage } from './product-image'
import { productCardWords } from './words'

/** A product in a list: picture, name, price, and its stock as the caller renders it. Renders an `<article>`. */
export function ProductCard({
  product,
  stock,
  priority = false,
}: {
  product: Card
  stock: ReactNode
  priority?: boolean
}) {
  return (
    <article className="group relative">
      <ProductImage product={product} picture={product.picture} priority={priority} />
      <div className="mt-3 grid gap-x-4 desktop:grid-cols-[1fr_auto]">
        <h3 className="font-medium">
          <Link
            href={`/products/${product.handle}`}
            className="after:absolute after:inset-0 group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-link focus-visible:after:outline-offset-3"
          >
            {product.title}
          </Link>
        </h3>
        {product.price && (
          <p>
            <Price price={product.price} compareAt={product.compareAt} from={product.hasMorePrices} />
          </p>
        )}
      </div>
      <p className="flex flex-wrap justify-between gap-x-3 text-small">
        {stock}
        {product.limited && (
          <Text as="span" tone="soft">
            {productCardWords.limited}
          </Text>
        )}
      </p>
    </article>
  )
}
