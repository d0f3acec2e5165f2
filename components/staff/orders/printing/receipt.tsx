import { takenAsWords } from '@/components/staff/orders/words'
import { SheetLines } from '@/components/ui/data/sheet'
import { Sum } from '@/components/ui/data/sum'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import { slipLines } from '@/lib/domain/orders/sheets'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Shop } from '@/lib/domain/settings/shop'
import { percent } from '@/lib/domain/text/percent'
import { sheetWords as words } from './words'

/** The receipt of a paid order: its items, total, tax, and how it was paid. */
export function Receipt({ desk: { order }, shop }: { desk: DeskOrder; shop: Shop }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const { payment } = order
  return (
    <>
      <Stack gap={1}>
        <Text weight="strong">{shop.name}</Text>
        <Text>{shop.address}</Text>
        {shop.tax_number && <Text>{words.taxNumber(shop.tax_number)}</Text>}
      </Stack>
      <Stack gap={1}>
        <Heading level={1} size="plain">
          {words.receipt}
        </Heading>
        <Text figures>
          {words.order(order.number)}. {words.soldOn(shopDay(order.created_at))}
        </Text>
      </Stack>
      <SheetLines>
        {slipLines(order).map((item) => (
          <li key={item.id}>
            <Text as="span" figures>
              {item.units} ×
            </Text>
            <span>{nameOf(item)}</span>
            <Text as="span" figures>
              {money(item.price_minor * item.units)}
            </Text>
          </li>
        ))}
      </SheetLines>
      <Stack gap={1}>
        {order.discount_minor > 0 && <Sum name={words.discount}>{money(-order.discount_minor)}</Sum>}
        {order.delivery_minor > 0 && <Sum name={words.delivery}>{money(order.delivery_minor)}</Sum>}
        <Sum name={words.total} size="title">
          {money(order.total_minor)}
        </Sum>
        {order.taxes.map(({ rate_bp, tax_minor }) => (
          <Sum key={rate_bp} name={words.taxOf(percent(rate_bp))} size="small">
            {money(tax_minor)}
          </Sum>
        ))}
        <Sum name={words.paid(payment.taken_as ? takenAsWords[payment.taken_as] : '')}>
          {money(payment.captured_minor)}
        </Sum>
        {payment.refunded_minor > 0 && <Sum name={words.refunded}>{money(-payment.refunded_minor)}</Sum>}
      </Stack>
      <Text>{words.thanks(shop.name)}</Text>
    </>
  )
}
