import type { Order } from '@/lib/domain/orders/order'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { orderFactsWords } from './words'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** For whom and where to. Renders a `<dl>`. */
export function OrderFacts({ order, place }: { order: Order; place: CollectionPoint | undefined }) {
  const { address } = order
  return (
    <dl className="grid gap-5 tablet:grid-cols-2">
      <div>
        <dt className="text-small text-soft">{orderFactsWords.contact}</dt>
        <dd>
          {order.name}
          <span className="block">{order.email}</span>
        </dd>
      </div>
      <div>
        <dt className="text-small text-soft">
          {address ? orderFactsWords.deliveringTo : orderFactsWords.collectingFrom}
        </dt>
        <dd>
          {address ? (
            <>
              {address.line1}
              <span className="block">
                {address.postcode} {address.city}, {countryNames.of(address.country)}
              </span>
            </>
          ) : (
            <>
              {place?.name}
              <span className="block">{place?.address}</span>
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}
