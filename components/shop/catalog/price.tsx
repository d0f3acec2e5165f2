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
    <span className="figures">
      {from && <span className="text-soft">{priceWords.fromIt} </span>}
      {compareAt && <span className="sr-only">{priceWords.now} </span>}
      <span>{formatMoney(price)}</span>
      {compareAt && (
        <span>
          {' '}
          <span className="sr-only">{priceWords.before} </span>
          <s className="text-soft">{formatMoney(compareAt)}</s>
        </span>
      )}
    </span>
  )
}
