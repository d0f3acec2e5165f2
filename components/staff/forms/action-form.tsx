'use client'

import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'
import { type FormLayout, formLayout } from '@/components/ui/forms/form-layout'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { FormStatus } from './form-status'

/**
 * A form that makes one change, once, and shows its outcome. Renders a `<form>` and a live region.
 *
 * @param fields hidden fields; visible fields and the button are its children, which may depend on whether it is pending.
 * @param words the reason of a refusal, where the usual sentence does not fit.
 */
export function ActionForm({
  action,
  fields = {},
  label,
  layout = 'stack',
  className,
  answerMs,
  children,
  ...status
}: {
  action: FormAction<{ ok: boolean; error?: Refusal }>
  fields?: Readonly<Record<string, string | number | undefined>>
  label?: string
  layout?: FormLayout
  className?: string
  /** How long one answer may take, where eight seconds are not enough. */
  answerMs?: number
  children: ReactNode | ((isPending: boolean) => ReactNode)
  busy?: string
  done?: string
  unanswered?: string
  locations?: readonly Location[]
  words?: (refusal: Refusal) => string
}) {
  const form = useForm(action, answerMs === undefined ? {} : { answerMs })
  return (
    <form
      {...form.props}
      aria-label={label}
      aria-busy={form.isPending}
      className={classes(formLayout(layout), className)}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value ?? ''} />
      ))}
      {typeof children === 'function' ? children(form.isPending) : children}
      <FormStatus form={form} {...status} />
    </form>
  )
}
