import { noneIfUnavailable } from '@/app/unavailable-page'
import { ProductGrid } from '@/components/shop/catalog/product-grid'
import { StockSlot } from '@/components/shop/catalog/stock-slot'
import { StockBadge } from '@/components/stock/stock-badge'
import type { ProductCard } from '@/lib/domain/products/product'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { briefly } from '@/lib/server/platform/briefly'
import { firstValue } from '@/lib/server/platform/live'
import { markDegraded } from '@/lib/server/resilience/page-status'

/** Products with their live stock: one read for all of them, which the products wait for only briefly. */
export async function LiveGrid({
  products,
  eager = 0,
  isRow = false,
}: {
  products: readonly ProductCard[]
  eager?: number
  isRow?: boolean
}) {
  const shelf = firstValue(shelfOf(products.map(({ id }) => id)))
  const inTime = await briefly(shelf)
  return (
    <ProductGrid
      products={products}
      eager={eager}
      isRow={isRow}
      stockOf={({ id }) => (
        <StockSlot>
          {inTime ? <CardStock shelf={inTime} productId={id} /> : <LateStock shelf={shelf} productId={id} />}
        </StockSlot>
      )}
    />
  )
}

function CardStock({ shelf, productId }: { shelf: readonly ShelfRow[]; productId: string }) {
  return <StockBadge productId={productId} first={shelf.filter((row) => row.product_id === productId)} />
}

async function LateStock({ shelf, productId }: { shelf: Promise<ShelfRow[]>; productId: string }) {
  const read = await shelf.catch(noneIfUnavailable)
  if (!read) await markDegraded()
  return read ? (
    <CardStock shelf={read} productId={productId} />
  ) : (
    <StockBadge productId={productId} first={null} />
  )
}
