import { WayBack } from '@/components/staff/shell/way-back'
import { locationName } from '@/components/staff/shell/words'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { orderHeadingWords, stageWords } from './words'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** The order: its number, its stage, its customer and its destination. Renders a `<header>`. */
export function OrderHeading({
  desk: { order, entry },
  locations,
}: {
  desk: DeskOrder
  locations: readonly Location[]
}) {
  const { address } = order
  return (
    <Stack as="header" gap={3}>
      <WayBack href="/staff/orders">{orderHeadingWords.orders}</WayBack>
      <Heading level={1} figures>
        {orderHeadingWords.order} {order.number}
      </Heading>
      <Text size="lead" role="status">
        {stageWords[entry.stage]}
      </Text>
      <Facts layout="row">
        <Fact name={orderHeadingWords.customer}>
          {order.name}
          <Text as="span" block breaks>
            {[order.phone, order.email].filter(Boolean).join(', ')}
          </Text>
        </Fact>
        <Fact name={address ? orderHeadingWords.deliveringTo : orderHeadingWords.collectingFrom}>
          {address
            ? `${address.line1}, ${address.postcode} ${address.city}, ${countryNames.of(address.country)}`
            : locationName(order.collect_at, locations)}
        </Fact>
      </Facts>
    </Stack>
  )
}
