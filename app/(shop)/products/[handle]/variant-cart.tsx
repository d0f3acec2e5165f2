import { randomUUID } from 'node:crypto'
import { AddToCart } from '@/components/cart/add-to-cart'
import { quantityOf } from '@/lib/domain/cart'
import type { Product, Variant } from '@/lib/domain/product'
import type { ShelfRow } from '@/lib/domain/shelf'
import { currentCart } from '@/lib/server/carts'

/** The way into the cart for the chosen variant, from the same read of the shelf as its stock. */
export async function VariantCart({
  product,
  variant,
  shelf,
}: {
  product: Product
  variant: Variant
  shelf: Promise<ShelfRow[]>
}) {
  const [rows, cart] = await Promise.all([shelf, currentCart()])
  return (
    <AddToCart
      key={variant.id}
      product={product}
      variant={variant}
      first={rows}
      inCart={quantityOf(cart, variant.id)}
      firstKey={randomUUID()}
    />
  )
}
