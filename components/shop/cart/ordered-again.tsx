import { Notice } from '@/components/ui/feedback/notice'
import type { OrderedAgain } from '@/lib/domain/cart/cart-answer'
import { orderedAgainWords as words } from './words'

/** Says how ordering again went, line by line where it got fewer. Renders a `<div role="status">`. */
export function OrderedAgainNotice({ added, fewer, hasMore, stopped }: OrderedAgain) {
  const isAll = fewer.length === 0 && !hasMore && !stopped
  const head = isAll ? words.all : added > 0 ? words.some : stopped ? null : words.none
  return (
    <Notice role="status">
      <p>
        {[
          ...(head ? [head] : []),
          ...fewer.map(({ title, wanted, got }) => words.fewer(title, wanted, got)),
          ...(stopped ? [words.stopped] : []),
          ...(hasMore ? [words.more] : []),
        ].join(' ')}
      </p>
    </Notice>
  )
}
