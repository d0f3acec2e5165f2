'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { answered } from '@/lib/client/live/transport/answered'
import { noticing } from './outdated'

/** The two doors of a change: the call, an action, answers; the post, an action or the address of a route, leads to a page. */
export interface FormDoors<Answer> {
  call: (form: FormData) => Promise<Answer | null>
  post: string | ((form: FormData) => Promise<void>)
}

export interface FormAction<Answer> {
  /** For the `<form>`: posts it as it is without JavaScript; with it, calls the action. */
  props: {
    action: string | ((form: FormData) => Promise<void>)
    method?: 'post'
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
  }
  isPending: boolean
  /** The last answer; null before the first. */
  answer: Answer | null
  /** Whether no answer came at all: what was asked for may have happened or not. */
  isUnanswered: boolean
}

/**
 * A form whose action answers, or leads to another page. When no answer comes it is sent again with the same key, so
 * that it happens once. A button with `aria-disabled` keeps its focus and sends nothing.
 *
 * @param foresee shows what is asked for before the answer; called inside the transition, for useOptimistic.
 * @param gesture what a submit is: 'single', a new one unless another is on its way, so that a double click counts
 *   once; 'every', always a new one; 'rendered', the one and only of the form as it was rendered.
 * @param onAnswer called with each answer.
 */
export function useFormAction<Answer>(
  { call, post }: FormDoors<Answer>,
  {
    foresee,
    gesture = 'single',
    onAnswer,
  }: {
    foresee?: (fields: FormData) => void
    gesture?: 'single' | 'every' | 'rendered'
    onAnswer?: (answer: Answer) => void
  } = {},
): FormAction<Answer> {
  const [called, setCalled] = useState<Outcome<Answer> | null>(null)
  const [isPending, startTransition] = useTransition()
  const onTheirWay = useRef(0)

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (onTheirWay.current > 0 && gesture !== 'every') return
    const { submitter } = event.nativeEvent as SubmitEvent
    if (submitter?.getAttribute('aria-disabled') === 'true') return
    const fields = new FormData(event.currentTarget, submitter)
    onTheirWay.current += 1
    if (gesture !== 'rendered') fields.set('idempotency_key', crypto.randomUUID())
    startTransition(async () => {
      foresee?.(fields)
      const outcome = await send(() => call(fields))
      onTheirWay.current -= 1
      if (outcome.leaving) throw outcome.leaving
      if (outcome.answer) onAnswer?.(outcome.answer)
      startTransition(() => setCalled(outcome))
    })
  }

  return {
    props: { action: post, ...(typeof post === 'string' && { method: 'post' as const }), onSubmit },
    isPending,
    answer: called?.answer ?? null,
    isUnanswered: called?.isUnanswered ?? false,
  }
}

interface Outcome<Answer> {
  answer: Answer | null
  isUnanswered?: boolean
  /** Next's word that the action leads to another page. It is for Next to catch, and not to be repeated. */
  leaving?: unknown
}

async function send<Answer>(call: () => Promise<Answer | null>): Promise<Outcome<Answer>> {
  const attempt = () =>
    noticing(call()).then(
      (answer) => ({ answer }),
      (reason: unknown) => {
        if (leads(reason)) return { answer: null, leaving: reason }
        throw reason
      },
    )
  return answered(attempt).catch(() => ({ answer: null, isUnanswered: true }))
}

function leads(reason: unknown): boolean {
  try {
    unstable_rethrow(reason)
    return false
  } catch {
    return true
  }
}
