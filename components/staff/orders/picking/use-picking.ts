'use client'

import { type FormEvent, useState } from 'react'
import { postDesk, scan } from '@/lib/actions/staff/order-desk'
import { useLiveMutation } from '@/lib/client/live/hooks/use-live-mutation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { pickId, picks } from '@/lib/domain/orders/live'
import type { Picked, PickLine } from '@/lib/domain/orders/order-desk'
import { lineOf } from '@/lib/domain/orders/pick-list'

/** A form that puts units of a line into the box, or back. */
export interface Picking {
  props: { action: typeof postDesk; onSubmit: (event: FormEvent<HTMLFormElement>) => void }
  refusal: Refusal | null
  /** Said when no answer came at all. */
  error: string | null
  /** What was scanned last, if it is of this order. */
  last: PickLine | undefined
}

/**
 * Picking is shown at once and withdrawn when refused. A form of it has the fields `code` and `quantity`.
 *
 * @param lines what may be picked by it.
 * @param onSent called with the form as soon as it is on its way, so that the next scan can begin.
 */
export function usePicking(lines: readonly PickLine[], onSent?: (form: HTMLFormElement) => void): Picking {
  const [code, setCode] = useState<string | null>(null)
  const { run, refusal, error } = useLiveMutation<Picked, FormData, Refusal>({
    source: picks,
    call: (fields, key) => {
      fields.set('idempotency_key', key)
      return scan(fields)
    },
    intent: (fields) => {
      const line = lineOf(String(fields.get('code')), lines)
      const units = Number(fields.get('quantity'))
      return {
        id: line ? pickId(line) : '',
        apply: (row) => ({ ...row, picked: row.picked + units }),
        isIn: (before, after) => after.picked - before.picked === units,
      }
    },
  })

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form, (event.nativeEvent as SubmitEvent).submitter)
    setCode(String(fields.get('code')))
    void run(fields)
    onSent?.(form)
  }

  return {
    props: { action: postDesk, onSubmit },
    refusal,
    error: error && 'We couldn’t confirm that. Check the numbers shown, then try again.',
    last: code === null ? undefined : lineOf(code, lines),
  }
}
