import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { unblockCaller } from '@/lib/actions/staff/hold-desk'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { HoldDesk } from '@/lib/domain/holds/hold-desk'
import { blockListWords, subjectWords } from './words'

/** Callers that are blocked now, with a way to unblock each. Renders a `<section>`, or nothing when there are none. */
export function BlockList({ blocks, canUnblock }: { blocks: HoldDesk['blocks']; canUnblock: boolean }) {
  if (blocks.length === 0) return null
  return (
    <Section id="blocks" title={blockListWords.blocked} gap={3}>
      <LineList>
        {blocks.map(({ subject, reason, by, blocked_at, expires_at }) => (
          <LineItem key={subject} layout="row" room="tight">
            <Text as="span" weight="medium">
              {subjectWords(subject)}
            </Text>
            <Text as="span" breaks>
              {reason}
            </Text>
            <Text as="span" tone="soft">
              {blockListWords.by} {by ?? blockListWords.theShop}, {shopTime(blocked_at)}
              {expires_at ? blockListWords.until(shopTime(expires_at)) : ''}
            </Text>
            {canUnblock && (
              <ActionForm action={unblockCaller} fields={{ subject }} className="ms-auto">
                <Button>
                  {blockListWords.unblock}
                  <VisuallyHidden> {subjectWords(subject)}</VisuallyHidden>
                </Button>
              </ActionForm>
            )}
          </LineItem>
        ))}
      </LineList>
    </Section>
  )
}
