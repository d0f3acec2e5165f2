import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { formatMoney, type Money } from '@/lib/domain/core/money'
import { priceWords } from './words'

/** A price, and the former one struck through. Renders inline content. */
export function Price({
  price,
  compareAt,
  from = false,
}: {
  price: Money
  compareAt: Money | null
  from?: boolean
}) {
  return (
    <Text as="span" figures>
      {from && (
        <Text as="span" tone="soft">
          {priceWords.fromIt}{' '}
        </Text>
      )}
      {compareAt && <VisuallyHidden>{priceWords.now} </VisuallyHidden>}
      <span>{formatMoney(price)}</span>
      {compareAt && (
        <span>
          {' '}
          <VisuallyHidden>{priceWords.before} </VisuallyHidden>
          <s className="text-soft">{formatMoney(compareAt)}</s>
        </span>
      )}
    </Text>
  )
}
