'use client'

import { shopTime } from '@/lib/domain/core/shop-time'
import { copyNoticeWords } from './words'

/** Says of a page that was opened without a network what it is. Renders a `<p>`, empty while the page is no copy. */
export function CopyNotice({ copiedAt, children }: { copiedAt: number | null; children?: string }) {
  return (
    <p role="status" className="rounded-small border border-low px-3 py-2 text-low text-small empty:hidden">
      {copiedAt !== null &&
        [
          copyNoticeWords.thisIsTheCopyOn(shopTime(new Date(copiedAt).toISOString())),
          copyNoticeWords.laterChangesByOtherStaff,
          children,
        ].join(' ')}
    </p>
  )
}
