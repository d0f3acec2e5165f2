import type { ReactNode } from 'react'
import { Text } from '@/components/ui/text/text'

/** The messages of a conversation, the latest last; new ones are read out. Renders a `<div>` with an `<ol>`. */
export function MessageList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="log" aria-label={label}>
      <ol className="grid gap-3">{children}</ol>
    </div>
  )
}

const looks = {
  own: 'border-line bg-sunken ms-auto',
  other: 'border-line bg-raised',
  note: 'border-low border-dashed bg-raised',
}

/**
 * One message. Renders an `<li>`.
 *
 * @param look `own` is at the end of the line; `note` looks unlike messages that the other side reads.
 */
export function MessageItem({
  author,
  at,
  when,
  look,
  children,
}: {
  author: string
  at: string
  /** The moment `at` in words. */
  when: string
  look: keyof typeof looks
  children: ReactNode
}) {
  return (
    <li className={`w-fit max-w-[min(100%,36rem)] rounded-small border px-4 py-3 ${looks[look]}`}>
      <Text as="span" size="fine" tone="soft" block>
        {author},{' '}
        <time dateTime={at} className="figures">
          {when}
        </time>
      </Text>
      <p className="mt-1 whitespace-pre-line wrap-anywhere">{children}</p>
    </li>
  )
}
