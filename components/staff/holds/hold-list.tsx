import type { Route } from 'next'
import { quietButton } from '@/components/staff/forms/controls'
import { units } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { endChosenHolds } from '@/lib/actions/staff/hold-desk'
import { shopClock } from '@/lib/domain/core/shop-time'
import { type HoldDesk, networkLabel } from '@/lib/domain/holds/hold-desk'
import { guestWords, holdListWords } from './words'

/** Every hold, the largest first, with a choice of those to end. Works without JavaScript. Renders a `<form>`. */
export function HoldList({
  holds,
  canEnd,
  firstKey,
}: {
  holds: HoldDesk['holds']
  canEnd: boolean
  firstKey: string
}) {
  if (holds.length === 0) return <p className="text-small text-soft">{holdListWords.noUnitsAreHeld}</p>
  return (
    <form action={endChosenHolds} className="grid gap-4">
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <ul className="grid border-line border-t">
        {holds.map((hold) => (
          <li
            key={`${hold.cart_id} ${hold.variant_id}`}
            className="grid grid-cols-[auto_1fr_auto] items-baseline gap-x-4 border-line border-b py-3 text-small tablet:grid-cols-[auto_1.6fr_1.2fr_1fr_5rem]"
          >
            {canEnd ? (
              <input
                type="checkbox"
                name="hold"
                value={`${hold.cart_id} ${hold.variant_id}`}
                aria-label={holdListWords.selectOfHeldBy(units(hold.units), hold.title, guestWords(hold))}
                className="size-6 self-center"
              />
            ) : (
              <span />
            )}
            <Link
              href={`/staff/variants/${hold.variant_id}` as Route}
              className="underlined min-h-6 wrap-anywhere"
            >
              {[hold.title, ...hold.option_values].join(', ')}
            </Link>
            <span className="figures text-right tablet:order-last">{units(hold.units)}</span>
            <span className="max-tablet:col-start-2">
              <Link href={`/staff/holds?cart=${hold.cart_id}` as Route} className="underlined text-link">
                {guestWords(hold)}
              </Link>
              {hold.network && holdListWords.inNetwork(networkLabel(hold.network))}
            </span>
            <span className="text-soft max-tablet:col-start-2">
              {hold.since && holdListWords.since(shopClock(hold.since))}
              {holdListWords.until} {shopClock(hold.until)}
            </span>
          </li>
        ))}
      </ul>
      {canEnd && (
        <div>
          <button type="submit" className={quietButton}>
            {holdListWords.endSelectedHolds}
          </button>
        </div>
      )}
    </form>
  )
}
