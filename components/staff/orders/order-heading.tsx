import { WayBack } from '@/components/staff/shell/way-back'
import { placeName } from '@/components/staff/shell/words'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import type { Location } from '@/lib/domain/stock/place'
import { orderHeadingWords, stageWords } from './words'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** Which order this is, how it stands, for whom and where to. Renders a `<header>`. */
export function OrderHeading({
  desk: { order, entry },
  locations,
}: {
  desk: DeskOrder
  locations: readonly Location[]
}) {
  const { address } = order
  return (
    <header className="grid gap-3">
      <WayBack href="/staff/orders">{orderHeadingWords.orders}</WayBack>
      <h1 className="display figures text-heading">
        {orderHeadingWords.order} {order.number}
      </h1>
      <p role="status" className="text-lead">
        {stageWords[entry.stage]}
      </p>
      <dl className="grid gap-x-10 gap-y-3 text-small tablet:grid-cols-[auto_auto_1fr]">
        <div>
          <dt className="text-soft">{orderHeadingWords.customer}</dt>
          <dd>
            {order.name}
            <span className="block wrap-anywhere">
              {[order.phone, order.email].filter(Boolean).join(', ')}
            </span>
          </dd>
        </div>
        <div>
          <dt className="text-soft">
            {address ? orderHeadingWords.deliveringTo : orderHeadingWords.collectingFrom}
          </dt>
          <dd>
            {address
              ? `${address.line1}, ${address.postcode} ${address.city}, ${countryNames.of(address.country)}`
              : placeName(order.collect_at, locations)}
          </dd>
        </div>
      </dl>
    </header>
  )
}
