'use client'

import { shopTime } from '@/lib/domain/core/shop-time'

/** Says of a page that was opened without a network what it is. Renders a `<p>`, empty while the page is no copy. */
export function CopyNotice({ copiedAt, children }: { copiedAt: number | null; children?: string }) {
  return (
    <p role="status" className="rounded-small border border-low px-3 py-2 text-low text-small empty:hidden">
      {copiedAt !== null &&
        [
          `This is the copy on this device, saved on ${shopTime(new Date(copiedAt).toISOString())}.`,
          'Later changes by other staff are not included.',
          children,
        ].join(' ')}
    </p>
  )
}
