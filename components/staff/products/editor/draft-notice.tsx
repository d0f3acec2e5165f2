import { quietButton } from '@/components/staff/forms/controls'
import { shopTime } from '@/lib/domain/core/shop-time'
import { draftNoticeWords } from './words'

/** Says that what was typed and not saved is back, and offers to drop it. Renders a `<div>`. */
export function DraftNotice({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  return (
    <div className="mb-8 flex flex-wrap items-center justify-between gap-3 border-sun border-s-4 bg-raised px-4 py-3 text-small">
      <p role="status">
        {draftNoticeWords.yourUnsavedChangesFrom} {shopTime(at)} {draftNoticeWords.areRestored}
      </p>
      <button type="button" onClick={onDiscard} className={quietButton}>
        {draftNoticeWords.discardThem}
      </button>
    </div>
  )
}
