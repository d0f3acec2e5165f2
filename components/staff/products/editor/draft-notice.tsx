import { Button } from '@/components/ui/actions/button'
import { Notice } from '@/components/ui/feedback/notice'
import { shopTime } from '@/lib/domain/core/shop-time'
import { draftNoticeWords } from './words'

/** Says that what was typed and not saved is back, and offers to drop it. Renders a `<div>`. */
export function DraftNotice({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  return (
    <Notice tone="sun">
      <p role="status">
        {draftNoticeWords.yourUnsavedChangesFrom} {shopTime(at)} {draftNoticeWords.areRestored}
      </p>
      <Button type="button" onClick={onDiscard}>
        {draftNoticeWords.discardThem}
      </Button>
    </Notice>
  )
}
