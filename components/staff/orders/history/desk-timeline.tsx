import { Timeline } from '@/components/ui/data/timeline'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
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
    <Section id="timeline" title={deskTimelineWords.orderHistory}>
      <Timeline isSmall>
        {events.toReversed().map(({ id, kind, detail, actor, created_at }) => (
          <li key={id}>
            {deskEventWords({ kind, detail }, currency)}
            <Text as="span" size="fine" tone="soft" block>
              {actor === nobody
                ? deskTimelineWords.theShopOrTheCustomer
                : (names[actor] ?? deskTimelineWords.theCustomer)}{' '}
              ·{' '}
              <Text as="time" figures dateTime={created_at}>
                {shopTime(created_at)}
              </Text>
            </Text>
          </li>
        ))}
      </Timeline>
    </Section>
  )
}
