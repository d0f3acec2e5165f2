import { dayWords } from '@/components/shop/shell/words'
import { Fact, Facts } from '@/components/ui/data/facts'
import { Text } from '@/components/ui/text/text'
import { countryName } from '@/lib/domain/checkout/country-name'
import type { PromisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { formatMoney } from '@/lib/domain/core/money'
import type { ReturnPolicy } from '@/lib/domain/machines/return-data'
import { groupedHours } from '@/lib/domain/settings/hours'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { deliveryFactsWords as words } from './words'

/**
 * How an item reaches its buyer, and how it can be sent back: price and time of a delivery, places of collection, returns.
 * Renders a `<dl>`, or nothing where none is known.
 */
export function DeliveryFacts({
  delivery,
  places,
  returns,
}: {
  /** Null where it depends on the address, or is not known now. */
  delivery: PromisedDelivery | null
  places: readonly CollectionPoint[]
  /** Null where the shop states no return policy. */
  returns: ReturnPolicy | null
}) {
  if (!delivery && places.length === 0 && !returns) return null
  return (
    <Facts>
      {delivery && (
        <Fact size="small" name={words.delivery(delivery.country && countryName(delivery.country))}>
          <Text size="small" figures>
            {delivery.price.minor === 0 ? words.free : formatMoney(delivery.price)}
            {delivery.estimate && `, ${delivery.estimate}`}
          </Text>
        </Fact>
      )}
      {places.length > 0 && (
        <Fact size="small" name={words.collection}>
          {places.map(({ id, name, address, hours, hours_note }) => (
            <Text key={id} size="small">
              {[name, address].join(', ')}
              {[...groupedHours(hours).map(hoursWords), hours_note].filter(Boolean).map((line) => (
                <Text as="span" key={line} block tone="soft" figures>
                  {line}
                </Text>
              ))}
            </Text>
          ))}
        </Fact>
      )}
      {returns && (
        <Fact size="small" name={words.returns}>
          <Text size="small" figures>
            {words.returnsWithin(returns)}
          </Text>
        </Fact>
      )}
    </Facts>
  )
}

interface Hours {
  first: number
  last: number
  written: string
}

function hoursWords({ first, last, written }: Hours): string {
  return `${dayWords(first, last)} ${written}`
}
