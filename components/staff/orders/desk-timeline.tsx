import { shopTime } from '@/lib/domain/core/shop-time'
import type { DeskEvent } from '@/lib/domain/orders/order-desk'
import { deskEventWords, deskTimelineWords } from './words'

/** The shop itself, and buyers without an account. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The events of an order with their actors, newest first. Renders a `<section>`. */
export function DeskTimeline({
  events,
  currency,
  names,
}: {
  events: readonly DeskEvent[]
  currency: string
  names: Readonly<Record<string, string>>
}) {
  return (
    <section aria-labelledby="timeline" className="grid gap-4">
      <h2 id="timeline" className="display text-title">
        {deskTimelineWords.orderHistory}
      </h2>
      <ol className="grid gap-3 border-line border-l pl-5 text-small">
        {events.toReversed().map(({ id, kind, detail, actor, created_at }) => (
          <li key={id}>
            {deskEventWords({ kind, detail }, currency)}
            <span className="block text-fine text-soft">
              {actor === nobody
                ? deskTimelineWords.theShopOrTheCustomer
                : (names[actor] ?? deskTimelineWords.theCustomer)}{' '}
              ·{' '}
              <time dateTime={created_at} className="figures">
                {shopTime(created_at)}
              </time>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
