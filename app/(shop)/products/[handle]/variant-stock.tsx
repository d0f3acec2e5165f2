import { noneIfUnavailable } from '@/app/unavailable-page'
import { StructuredData } from '@/components/shop/machines/structured-data'
import { StockBadge } from '@/components/stock/stock-badge'
import { productData, type ShopFacts } from '@/lib/domain/machines/product-data'
import { isWide, type Product, type Variant } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { pageNonce } from '@/lib/server/http/page-nonce'
import { markDegraded } from '@/lib/server/resilience/page-status'

interface Island<Shelf> {
  product: Product
  variant: Variant
  facts: ShopFacts
  shelf: Shelf
}

/** The live island: the stock of the chosen variant, and what search engines are told, from the same read. */
export async function VariantStock({ product, variant, facts, shelf }: Island<readonly ShelfRow[]>) {
  return (
    <>
      <StockBadge productId={product.id} variantId={variant.id} isWide={isWide(product)} first={shelf} />
      <StructuredData graph={productData(product, variant, shelf, facts)} nonce={await pageNonce()} />
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
