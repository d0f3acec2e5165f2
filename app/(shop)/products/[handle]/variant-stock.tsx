import { noneIfUnavailable } from '@/app/unavailable-page'
import { ProductData } from '@/components/shop/catalog/product-data'
import { StockBadge } from '@/components/stock/stock-badge'
import { isWide, type Product, type Variant } from '@/lib/domain/products/product'
import { type ShelfRow, stockOfVariant } from '@/lib/domain/stock/shelf'
import { markDegraded } from '@/lib/server/resilience/page-status'

interface Island<Shelf> {
  product: Product
  variant: Variant
  /** The address the shop is visited at. */
  origin: URL
  shelf: Shelf
}

/** The live island: the stock of the chosen variant, and what search engines are told, from the same read. */
export function VariantStock({ product, variant, origin, shelf }: Island<readonly ShelfRow[]>) {
  return (
    <>
      <StockBadge productId={product.id} variantId={variant.id} isWide={isWide(product)} first={shelf} />
      <ProductData
        product={product}
        variant={variant}
        stock={stockOfVariant(shelf, variant.id)}
        origin={origin}
      />
    </>
  )
}

/** The same, for a shelf that is still loading. */
export async function LateStock({ shelf, ...island }: Island<Promise<ShelfRow[]>>) {
  const read = await shelf.catch(noneIfUnavailable)
  if (read) return <VariantStock {...island} shelf={read} />
  await markDegraded()
  const { product, variant } = island
  return <StockBadge productId={product.id} variantId={variant.id} isWide={isWide(product)} first={null} />
}
