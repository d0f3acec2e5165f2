import type { Route } from 'next'
import { ActionForm } from '@/components/staff/forms/action-form'
import { quietButton } from '@/components/staff/forms/controls'
import { formStatusWords } from '@/components/staff/forms/words'
import { units } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { endHolds } from '@/lib/actions/staff/hold-desk'
import { shopClock } from '@/lib/domain/core/shop-time'
import { type HoldDesk, networkLabel } from '@/lib/domain/holds/hold-desk'
import { guestWords, holdListWords } from './words'

/** Every hold, the largest first, with a choice of those to end. Renders a `<form>`. */
export function HoldList({ holds, canEnd }: { holds: HoldDesk['holds']; canEnd: boolean }) {
  if (holds.length === 0) return <p className="text-small text-soft">{holdListWords.noUnitsAreHeld}</p>
  return (
    <ActionForm action={endHolds} done={formStatusWords.saved} className="grid gap-4">
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
    </ActionForm>
  )
}
