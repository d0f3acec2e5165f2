import { ProductData } from '@/components/catalog/product-data'
import { StockBadge } from '@/components/stock/stock-badge'
import type { Product, Variant } from '@/lib/domain/product'
import { type ShelfRow, stockOfVariant } from '@/lib/domain/shelf'
import { siteUrl } from '@/lib/server/site-url'

/** The live island: the stock of the chosen variant, and what search engines are told, from the same read. */
export async function VariantStock({
  product,
  variant,
  shelf,
}: {
  product: Product
  variant: Variant
  shelf: Promise<ShelfRow[]>
}) {
  const [rows, origin] = await Promise.all([shelf, siteUrl()])
  return (
    <>
      <StockBadge productId={product.id} variantId={variant.id} first={rows} />
      <ProductData
        product={product}
        variant={variant}
        stock={stockOfVariant(rows, variant.id)}
        origin={origin}
      />
    </>
  )
}
