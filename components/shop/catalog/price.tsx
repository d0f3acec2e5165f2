import { formatMoney, type Money } from '@/lib/domain/core/money'

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
      {from && <span className="text-soft">from </span>}
      {compareAt && <span className="sr-only">Now </span>}
      {formatMoney(price)}
      {compareAt && (
        <>
          {' '}
          <span className="sr-only">before </span>
          <s className="text-soft">{formatMoney(compareAt)}</s>
        </>
      )}
    </span>
  )
}
