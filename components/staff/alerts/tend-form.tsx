'use client'

import type { ReactNode } from 'react'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { postTend, tend } from '@/lib/actions/staff/alerts'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import type { AlertGesture } from '@/lib/domain/insight/alert'
import { alertFormWords } from './words'

const doors = { call: tend, post: postTend }

/** One thing that is done with an alert. Works without JavaScript. Renders a `<form>` and what came of it. */
export function TendForm({
  gesture,
  alertId,
  firstKey,
  label,
  children,
}: {
  gesture: AlertGesture['gesture']
  alertId: number
  firstKey: string
  label: string
  children: ReactNode
}) {
  const { answer, isPending, isUnanswered, props } = useFormAction(doors)
  return (
    <form {...props} aria-label={label} aria-busy={isPending} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="gesture" value={gesture} />
      <input type="hidden" name="alert_id" value={alertId} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      {children}
      <p role="status" className="text-danger text-fine empty:hidden">
        {isUnanswered
          ? alertFormWords.weCouldntConfirmThisChange
          : answer && !answer.ok && refusalWords(answer.error, [])}
      </p>
    </form>
  )
}
