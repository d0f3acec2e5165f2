import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { Text } from '@/components/ui/text/text'
import type { Quote } from '@/lib/domain/checkout/totals'
import { formatMoney } from '@/lib/domain/core/money'
import { deliveryPriceWords } from './words'

/**
 * The price of the delivery to the address above it and how long it takes, or that there is none; without JavaScript, a
 * button that asks for it. Renders live regions.
 */
export function DeliveryPrice({
  quote,
  isQuoting,
  isUnknown,
}: {
  quote: Quote
  isQuoting: boolean
  isUnknown: boolean
}) {
  const price = formatMoney({ minor: quote.delivery_minor, currency: quote.currency })
  return (
    <>
      <Text size="small" role="status" figures hidesEmpty>
        {isQuoting
          ? deliveryPriceWords.checking
          : quote.is_deliverable && deliveryPriceWords.delivery(quote.delivery_minor, price, quote.estimate)}
      </Text>
      <Problem role="status">
        {!isQuoting && !quote.is_deliverable && deliveryPriceWords.notDeliverable}
        {isUnknown && deliveryPriceWords.unknown}
      </Problem>
      <noscript>
        <Button size="large" name="quote" value="1">
          {deliveryPriceWords.showPrice}
        </Button>
      </noscript>
    </>
  )
}
