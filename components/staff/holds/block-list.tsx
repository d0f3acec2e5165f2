import { ActionForm } from '@/components/staff/forms/action-form'
import { quietButton } from '@/components/staff/forms/controls'
import { unblockCaller } from '@/lib/actions/staff/hold-desk'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { HoldDesk } from '@/lib/domain/holds/hold-desk'
import { blockListWords, subjectWords } from './words'

/** Callers that are blocked now, with a way to unblock each. Renders a `<section>`, or nothing when there are none. */
export function BlockList({ blocks, canUnblock }: { blocks: HoldDesk['blocks']; canUnblock: boolean }) {
  if (blocks.length === 0) return null
  return (
    <section aria-labelledby="blocks" className="grid gap-3">
      <h2 id="blocks" className="display text-title">
        {blockListWords.blocked}
      </h2>
      <ul className="border-line border-t">
        {blocks.map(({ subject, reason, by, blocked_at, expires_at }) => (
          <li
            key={subject}
            className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-b py-2 text-small"
          >
            <span className="font-medium">{subjectWords(subject)}</span>
            <span className="wrap-anywhere">{reason}</span>
            <span className="text-soft">
              {blockListWords.by} {by ?? blockListWords.theShop}, {shopTime(blocked_at)}
              {expires_at ? blockListWords.until(shopTime(expires_at)) : ''}
            </span>
            {canUnblock && (
              <ActionForm action={unblockCaller} fields={{ subject }} className="ms-auto">
                <button type="submit" className={quietButton}>
                  {blockListWords.unblock}
                  <span className="sr-only"> {subjectWords(subject)}</span>
                </button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
