import { StockBadge } from '@/components/stock/stock-badge'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Product, Variant } from '@/lib/domain/products/product'
import { isBuyable, type ShelfRow, stockOfVariant } from '@/lib/domain/stock/shelf'
import { stillInStockWords } from './words'

/** More are seen among the choices above. */
const MOST = 3

/** For a sold-out choice: others of its product that can be bought, each with its live stock. Renders a `<ul>`, or nothing. */
export function StillInStock({
  product,
  variant,
  shelf,
}: {
  product: Product
  variant: Variant
  shelf: readonly ShelfRow[]
}) {
  const others = product.variants.filter(({ id }) => isBuyable(stockOfVariant(shelf, id))).slice(0, MOST)
  if (others.length === 0 || isBuyable(stockOfVariant(shelf, variant.id))) return null
  return (
    <Stack gap={1}>
      <Text size="small" id="still-in-stock">
        {stillInStockWords.stillInStock}
      </Text>
      <ul aria-labelledby="still-in-stock">
        {others.map(({ id, sku, optionValues }) => (
          <Row as="li" key={id} gap={3} align="baseline">
            <TextLink
              href={`/products/${product.handle}?variant=${encodeURIComponent(sku)}`}
              replace
              scroll={false}
              isTall
            >
              {optionValues.join(', ')}
            </TextLink>
            <StockBadge productId={product.id} variantId={id} first={shelf} />
          </Row>
        ))}
      </ul>
    </Stack>
  )
}
