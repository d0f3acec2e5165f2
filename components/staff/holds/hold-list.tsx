import type { Route } from 'next'
import { ActionForm } from '@/components/staff/forms/action-form'
import { formStatusWords } from '@/components/staff/forms/words'
import { units } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Checkbox } from '@/components/ui/forms/check-field'
import { LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { endHolds } from '@/lib/actions/staff/hold-desk'
import { shopClock } from '@/lib/domain/core/shop-time'
import { type HoldDesk, networkLabel } from '@/lib/domain/holds/hold-desk'
import { guestWords, holdListWords } from './words'

/** Every hold, the largest first, with a choice of those to end. Renders a `<form>`. */
export function HoldList({ holds, canEnd }: { holds: HoldDesk['holds']; canEnd: boolean }) {
  if (holds.length === 0)
    return (
      <Text size="small" tone="soft">
        {holdListWords.noUnitsAreHeld}
      </Text>
    )
  return (
    <ActionForm action={endHolds} done={formStatusWords.saved} layout="fields">
      <LineList>
        {holds.map((hold) => (
          <li
            key={`${hold.cart_id} ${hold.variant_id}`}
            className="grid grid-cols-[auto_1fr_auto] items-baseline gap-x-4 border-line border-b py-3 text-small tablet:grid-cols-[auto_1.6fr_1.2fr_1fr_5rem]"
          >
            {canEnd ? (
              <Checkbox
                size="large"
                name="hold"
                value={`${hold.cart_id} ${hold.variant_id}`}
                aria-label={holdListWords.selectOfHeldBy(units(hold.units), hold.title, guestWords(hold))}
                className="self-center"
              />
            ) : (
              <span />
            )}
            <TextLink isTall href={`/staff/variants/${hold.variant_id}` as Route} className="wrap-anywhere">
              {[hold.title, ...hold.option_values].join(', ')}
            </TextLink>
            <span className="figures text-right tablet:order-last">{units(hold.units)}</span>
            <span className="max-tablet:col-start-2">
              <TextLink tone="link" href={`/staff/holds?cart=${hold.cart_id}` as Route}>
                {guestWords(hold)}
              </TextLink>
              {hold.network && holdListWords.inNetwork(networkLabel(hold.network))}
            </span>
            <span className="text-soft max-tablet:col-start-2">
              {hold.since && holdListWords.since(shopClock(hold.since))}
              {holdListWords.until} {shopClock(hold.until)}
            </span>
          </li>
        ))}
      </LineList>
      {canEnd && (
        <div>
          <Button>{holdListWords.endSelectedHolds}</Button>
        </div>
      )}
    </ActionForm>
  )
}
