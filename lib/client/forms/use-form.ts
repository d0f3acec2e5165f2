'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { newId } from '@/lib/client/browser/capabilities'
import { keyField, pageField } from '@/lib/domain/forms/form-fields'
import { noticing } from './outdated'
import { patience, untilAnswered } from './until-answered'

/** An action of `defineForm`. It may lead to another page instead of answering. */
export type FormAction<Answer> = (fields: FormData) => Promise<Answer>

/** A request: its fields, the form that sent it, if one did, and its idempotency key. */
export interface Sent {
  fields: FormData
  form: HTMLFormElement | null
  key: string
}

export interface Form<Answer> {
  /** For the `<form>`. */
  props: {
    action: string | ((fields: FormData) => void)
    method?: 'post'
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
  }
  /** Sends fields that no `<form>` holds. */
  send: (fields: FormData) => void
  isPending: boolean
  /** The last answer; null before the first. */
  answer: Answer | null
  /** Whether the last request got no answer: what it asked for may have happened or not. */
  isUnanswered: boolean
  /** Whether it was never sent, because the browser is offline: nothing happened. */
  isUnsent: boolean
}

interface Options<Answer> {
  /** Where the form goes without JavaScript: its action, or the address of a route. Forms of staff have none. */
  post?: string | FormAction<Answer>
  /**
   * Shows the outcome before the answer; called in a transition, for `useOptimistic`. A function it returns is called with
   * the answer, null for none; the answer then shows at once, else together with the page that the action renders.
   */
  applyOptimistic?: (fields: FormData) => ((answer: Answer | null) => void) | undefined
  /**
   * How many requests submitting makes. 'one': a new one, unless another is pending, so that a double click counts once.
   * 'each': always a new one. 'once': the one request of this page, under the key that was rendered.
   */
  requests?: 'one' | 'each' | 'once'
  /** How long one answer may take, in milliseconds. */
  answerMs?: number
  onAnswer?: (answer: Answer, sent: Sent) => void
}

/**
 * The one way to send a form. Without an answer the request is repeated under the same key, so that it takes effect once;
 * sent again unchanged after that, it keeps the key. Fields keep their values until `onAnswer` resets them. A button with
 * `aria-disabled` keeps its focus and sends nothing.
 */
export function useForm<Answer>(
  action: FormAction<Answer>,
  { post, applyOptimistic, requests = 'one', answerMs = patience.answerMs, onAnswer }: Options<Answer> = {},
): Form<Answer> {
  const [last, setLast] = useState<Outcome<Answer> | null>(null)
  const [pending, setPending] = useState(0)
  const [, startTransition] = useTransition()
  const inProgress = useRef(0)
  const unanswered = useRef<{ key: string; content: string } | null>(null)

  function send(fields: FormData, form: HTMLFormElement | null = null): void {
    if (inProgress.current > 0 && requests !== 'each') return
    inProgress.current += 1
    setPending((count) => count + 1)
    fields.delete(pageField)
    if (requests !== 'once') fields.delete(keyField)
    const content = JSON.stringify([...fields])
    const isRepeat = requests === 'one' && unanswered.current?.content === content
    const key = String((isRepeat && unanswered.current?.key) || fields.get(keyField) || newId())
    fields.set(keyField, key)
    const wasOffline = !navigator.onLine
    startTransition(async () => {
      const finish = applyOptimistic?.(fields)
      const outcome = await outcomeOf(() => action(fields), answerMs)
      outcome.isUnsent = outcome.isUnanswered && wasOffline && !navigator.onLine
      inProgress.current -= 1
      unanswered.current = outcome.isUnanswered ? { key, content } : null
      finish?.(outcome.answer)
      const show = finish ? (update: () => void) => update() : startTransition
      show(() => {
        setPending((count) => count - 1)
        if (!outcome.leaving) setLast(outcome)
      })
      if (outcome.leaving) throw outcome.leaving
      if (outcome.answer !== null) onAnswer?.(outcome.answer, { fields, form, key })
    })
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    if (submitter?.getAttribute('aria-disabled') === 'true') return
    send(new FormData(event.currentTarget, submitter), event.currentTarget)
  }

  return {
    // A function is called by React with what was submitted before the page ran; an action is also posted without it.
    props: {
      action: (post ?? send) as string | ((fields: FormData) => void),
      ...(typeof post === 'string' && { method: 'post' as const }),
      onSubmit,
    },
    send,
    isPending: pending > 0,
    answer: last?.answer ?? null,
    isUnanswered: last?.isUnanswered ?? false,
    isUnsent: last?.isUnsent ?? false,
  }
}

interface Outcome<Answer> {
  answer: Answer | null
  isUnanswered?: boolean
  isUnsent?: boolean | undefined
  /** Next's word that the action leads to another page. It is for Next to catch, and not to be repeated. */
  leaving?: unknown
}

async function outcomeOf<Answer>(call: () => Promise<Answer>, answerMs: number): Promise<Outcome<Answer>> {
  const attempt = () =>
    noticing(call()).then(
      (answer) => ({ answer }),
      (reason: unknown) => {
        if (leads(reason)) return { answer: null, leaving: reason }
        throw reason
      },
    )
  return untilAnswered(attempt, { ...patience, answerMs }).catch(() => ({ answer: null, isUnanswered: true }))
}

function leads(reason: unknown): boolean {
  try {
    unstable_rethrow(reason)
    return false
  } catch {
    return true
  }
}
