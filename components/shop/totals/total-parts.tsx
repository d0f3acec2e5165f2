import { Sum } from '@/components/ui/data/sum'
import type { Totals } from '@/lib/domain/checkout/totals'
import { formatMoney } from '@/lib/domain/core/money'
import { totalPartsWords } from './words'

/**
 * The parts of a total above it: subtotal and discount where there is more than the items, and the delivery. Renders `<p>`s.
 *
 * @param whenFree the name of a delivery without a price; nothing is shown of it without one.
 */
export function TotalParts({
  totals,
  currency,
  title,
  whenFree,
}: {
  totals: Pick<Totals, 'subtotal_minor' | 'discount_minor' | 'delivery_minor'>
  currency: string
  /** The name of the discount. */
  title: string | null
  whenFree?: string
}) {
  const money = (minor: number) => formatMoney({ minor, currency })
  const { subtotal_minor, discount_minor, delivery_minor } = totals
  return (
    <>
      {(discount_minor > 0 || delivery_minor > 0) && (
        <Sum size="small" name={totalPartsWords.subtotal}>
          {money(subtotal_minor)}
        </Sum>
      )}
      {discount_minor > 0 && (
        <Sum size="small" name={title ? totalPartsWords.discountOf(title) : totalPartsWords.discount}>
          {money(-discount_minor)}
        </Sum>
      )}
      {delivery_minor > 0 ? (
        <Sum size="small" name={totalPartsWords.delivery}>
          {money(delivery_minor)}
        </Sum>
      ) : (
        whenFree && (
          <Sum size="small" name={whenFree}>
            {totalPartsWords.free}
          </Sum>
        )
      )}
    </>
  )
}
