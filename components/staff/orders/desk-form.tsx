'use client'

import type { ReactNode } from 'react'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { desk, postDesk } from '@/lib/actions/staff/order-desk'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import type { OrderGesture } from '@/lib/domain/orders/order-gesture'
import type { Location } from '@/lib/domain/stock/place'
import { deskFormWords } from './words'

const doors = { call: desk, post: postDesk }

/** Said when no answer came at all. */
const unanswered = deskFormWords.weCouldntConfirmThisChange

/**
 * One thing that is done to an order, at once and once. Works without JavaScript. Renders a `<form>` and what came of it.
 *
 * @param fields what goes with it unseen; what a person fills in, and the button, are its children.
 */
export function DeskForm({
  gesture,
  orderId,
  firstKey,
  fields = {},
  locations = [],
  label,
  className = 'grid justify-items-start gap-2',
  children,
}: {
  gesture: OrderGesture['gesture']
  orderId: string
  firstKey: string
  fields?: Readonly<Record<string, string | number>>
  locations?: readonly Location[]
  label?: string
  className?: string
  children: ReactNode
}) {
  const { answer, isPending, isUnanswered, props } = useFormAction(doors)
  return (
    <form {...props} aria-label={label} aria-busy={isPending} className={className}>
      <input type="hidden" name="gesture" value={gesture} />
      <input type="hidden" name="order_id" value={orderId} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <p role="status" className="text-danger text-fine empty:hidden">
        {isUnanswered ? unanswered : answer && !answer.ok && refusalWords(answer.error, locations)}
      </p>
    </form>
  )
}
