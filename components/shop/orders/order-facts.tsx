import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { countryName } from '@/lib/domain/checkout/country-name'
import type { Order } from '@/lib/domain/orders/order'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { orderFactsWords } from './words'

/** For whom and where to. Renders a `<dl>`. */
export function OrderFacts({ order, place }: { order: Order; place: CollectionPoint | undefined }) {
  const { address } = order
  return (
    <Stack as="dl" gap={5} columns={2}>
      <div>
        <Text as="dt" size="small" tone="soft">
          {orderFactsWords.contact}
        </Text>
        <dd>
          {order.name}
          <Text as="span" block>
            {order.email}
          </Text>
        </dd>
      </div>
      <div>
        <Text as="dt" size="small" tone="soft">
          {address ? orderFactsWords.deliveringTo : orderFactsWords.collectingFrom}
        </Text>
        <dd>
          {address ? (
            <>
              {address.line1}
              <Text as="span" block>
                {address.postcode} {address.city}, {countryName(address.country)}
              </Text>
              {order.delivery_estimate && (
                <Text as="span" size="small" tone="soft" block>
                  {order.delivery_estimate}
                </Text>
              )}
            </>
          ) : (
            <>
              {place?.name}
              <Text as="span" block>
                {place?.address}
              </Text>
            </>
          )}
        </dd>
      </div>
    </Stack>
  )
}
