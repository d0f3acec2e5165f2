'use client'

import type { ReactNode } from 'react'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { FormStatus } from './form-status'

/**
 * A form that makes one change, once, and says how that fared. Renders a `<form>` and a live region.
 *
 * @param fields what goes with it unseen; what a person fills in, and the button, are its children.
 * @param words why it was refused, where the usual sentence is not it.
 */
export function ActionForm({
  action,
  fields = {},
  label,
  className = 'grid justify-items-start gap-2',
  answerMs,
  children,
  ...status
}: {
  action: FormAction<{ ok: boolean; error?: Refusal }>
  fields?: Readonly<Record<string, string | number | undefined>>
  label?: string
  className?: string
  /** How long one answer may take, where eight seconds are not enough. */
  answerMs?: number
  children: ReactNode
  busy?: string
  done?: string
  unanswered?: string
  locations?: readonly Location[]
  words?: (refusal: Refusal) => string
}) {
  const form = useForm(action, answerMs === undefined ? {} : { answerMs })
  return (
    <form {...form.props} aria-label={label} aria-busy={form.isPending} className={className}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value ?? ''} />
      ))}
      {children}
      <FormStatus form={form} {...status} />
    </form>
  )
}
