import type { Route } from 'next'
import { WayBack } from '@/components/staff/shell/way-back'
import { locationName } from '@/components/staff/shell/words'
import { ButtonLink } from '@/components/ui/actions/button'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { countryName } from '@/lib/domain/checkout/country-name'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { orderHeadingWords, stageWords } from './words'

/** The order: its number, its stage, its customer and its destination. Renders a `<header>`. */
export function OrderHeading({
  desk: { order, entry },
  locations,
}: {
  desk: DeskOrder
  locations: readonly Location[]
}) {
  const { address } = order
  const isUnknown =
    order.is_walk_in || order.erase_asked_at !== null || order.email.endsWith('@erased.invalid')
  return (
    <Stack as="header" gap={3}>
      <WayBack href="/staff/orders">{orderHeadingWords.orders}</WayBack>
      <Row spread align="end">
        <Heading level={1} figures>
          {orderHeadingWords.order} {order.number}
        </Heading>
        <ButtonLink href={`/staff/orders/${order.order_id}/print`}>{orderHeadingWords.print}</ButtonLink>
      </Row>
      <Text size="lead" role="status">
        {stageWords[entry.stage]}
      </Text>
      <Facts layout="row">
        <Fact name={orderHeadingWords.customer}>
          {isUnknown ? (
            order.name
          ) : (
            <TextLink tone="link" isTall href={`/staff/customers/${order.order_id}` as Route}>
              {order.name}
            </TextLink>
          )}
          <Text as="span" block breaks>
            {!order.is_walk_in && [order.phone, order.email].filter(Boolean).join(', ')}
          </Text>
        </Fact>
        <Fact name={address ? orderHeadingWords.deliveringTo : orderHeadingWords.collectingFrom}>
          {address
            ? `${address.line1}, ${address.postcode} ${address.city}, ${countryName(address.country)}`
            : locationName(order.collect_at, locations)}
        </Fact>
      </Facts>
    </Stack>
  )
}
