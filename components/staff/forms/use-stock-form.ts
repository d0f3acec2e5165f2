'use client'

import { type FormEvent, useState } from 'react'
import { noticing } from '@/lib/client/forms/outdated'
import { useLiveMutation } from '@/lib/client/live/hooks/use-live-mutation'
import type { Intent } from '@/lib/client/live/rows'
import type { Refusal } from '@/lib/domain/core/refusal'
import { stockLevels } from '@/lib/domain/stock/live'
import type { StockLevel } from '@/lib/domain/stock/stock'
import type { StockAnswer } from '@/lib/domain/stock/stock-request'

/** The two doors of a change in lib/actions/staff/stock.ts. */
export interface StockDoors {
  call: (fields: FormData) => Promise<StockAnswer>
  post: (fields: FormData) => Promise<void>
}

export interface StockForm {
  /** For the `<form>`: posts it as it is without JavaScript; with it, calls the action and shows the change at once. */
  props: { action: StockDoors['post']; onSubmit: (event: FormEvent<HTMLFormElement>) => void }
  isPending: boolean
  refusal: Refusal | null
  /** Said when no answer came at all. */
  error: string | null
  /** How many changes this form has booked since the page was loaded. */
  booked: number
}

/**
 * A form that changes stock.
 *
 * @param foresee the level the form is about to change and how, to be shown before the answer.
 * @param onBooked called once a change is booked, with the form, what was sent, and the key to undo it by.
 */
export function useStockForm(
  { call, post }: StockDoors,
  foresee?: (fields: FormData) => Intent<StockLevel> & { id: string },
  onBooked?: (form: HTMLFormElement, fields: FormData, key: string) => void,
): StockForm {
  const [booked, setBooked] = useState(0)
  const { run, pending, refusal, error } = useLiveMutation<StockLevel, Gesture, Refusal>({
    source: stockLevels,
    call: async ({ form, fields }, key) => {
      fields.set('idempotency_key', key)
      const answer = await noticing(call(fields))
      if (answer.ok) {
        setBooked((count) => count + 1)
        onBooked?.(form, fields, key)
      }
      return answer
    },
    ...(foresee && { intent: ({ fields }) => foresee(fields) }),
  })

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    const { submitter } = event.nativeEvent as SubmitEvent
    void run({ form, fields: new FormData(form, submitter) })
  }

  return {
    props: { action: post, onSubmit },
    isPending: pending.length > 0,
    refusal,
    error: error?.message ?? null,
    booked,
  }
}

interface Gesture {
  form: HTMLFormElement
  fields: FormData
}
