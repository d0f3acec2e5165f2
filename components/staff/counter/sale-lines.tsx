import { Button } from '@/components/ui/actions/button'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import type { SaleLine, SaleQuote } from '@/lib/domain/orders/counter-sale'
import { nameOf } from '@/lib/domain/products/variant-name'
import { counterWords as words } from './words'

/** The items of a sale with their units and prices, and what is wrong with them. Renders a `<ul>`. */
export function SaleLines({
  quote,
  lines,
  onChange,
}: {
  quote: SaleQuote
  /** The units as they were last chosen: ahead of the quote while the server computes it. */
  lines: readonly SaleLine[]
  onChange: (variantId: string, units: number) => void
}) {
  const money = (minor: number) => formatMoney({ minor, currency: quote.currency })
  const shown = quote.lines.flatMap((line) => {
    const chosen = lines.find(({ variant_id }) => variant_id === line.variant_id)
    return chosen ? [{ ...line, quantity: chosen.quantity }] : []
  })
  return (
    <LineList>
      {shown.map((line) => (
        <LineItem key={line.variant_id} layout="spread">
          <Stack gap={1}>
            <Text weight="strong">{nameOf(line)}</Text>
            <Text size="small" tone="soft" figures>
              {line.sku}, {words.each(money(line.price_minor))}
            </Text>
            {!line.for_sale ? (
              <Text size="small" tone="danger">
                {words.notForSale}
              </Text>
            ) : (
              line.left < line.quantity && (
                <Text size="small" tone="danger">
                  {words.short(line.left)}
                </Text>
              )
            )}
          </Stack>
          <Row align="center">
            <Button
              type="button"
              aria-label={line.quantity === 1 ? words.remove(nameOf(line)) : words.oneLess(nameOf(line))}
              onClick={() => onChange(line.variant_id, -1)}
            >
              −
            </Button>
            <Text as="span" figures>
              {line.quantity}
            </Text>
            <Button
              type="button"
              aria-label={words.oneMore(nameOf(line))}
              aria-disabled={line.quantity >= 99}
              onClick={() => line.quantity < 99 && onChange(line.variant_id, 1)}
            >
              +
            </Button>
            <Text as="span" figures>
              {money(line.price_minor * line.quantity)}
            </Text>
          </Row>
        </LineItem>
      ))}
    </LineList>
  )
}
