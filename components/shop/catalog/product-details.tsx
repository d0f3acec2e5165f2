import type { ReactNode } from 'react'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Product, Variant } from '@/lib/domain/products/product'
import { Price } from './price'
import { productDetailsWords } from './words'

/** The details of a product: name, maker, price, then `children` (choices and stock), then its description. */
export function ProductDetails({
  product,
  variant,
  children,
}: {
  product: Product
  variant: Variant
  children: ReactNode
}) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-4 text-small">
        <TextLink href={`/category/${product.category.slug}`}>{product.category.title}</TextLink>
        {product.limited && (
          <Text as="span" tone="soft">
            {productDetailsWords.limitedEdition}
          </Text>
        )}
      </p>
      <Heading level={1} className="mt-3">
        {product.title}
      </Heading>
      {product.vendor && (
        <p className="mt-2 text-soft">
          {productDetailsWords.madeBy} {product.vendor}
        </p>
      )}
      <p className="mt-5 text-title">
        <Price price={variant.price} compareAt={variant.compareAt} />
      </p>
      {children}
      {product.descriptionHtml && (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe on the way in, see products.description_html.
        <div className="prose mt-8" dangerouslySetInnerHTML={{ __html: product.descriptionHtml }} />
      )}
      <p className="figures mt-8 text-fine text-soft">{`${productDetailsWords.item} ${variant.sku}`}</p>
    </>
  )
}
