'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { ActionForm } from '@/components/staff/forms/action-form'
import { SubmitButton as Button } from '@/components/staff/forms/submit-button'
import { BusyBar } from '@/components/ui/feedback/busy-bar'
import { importRefusalWords } from './words'

/** A step of an import, which may take minutes. Renders a `<form>`. */
export function ImportForm(props: Omit<ComponentProps<typeof ActionForm>, 'words' | 'answerMs'>) {
  return <ActionForm {...props} words={importRefusalWords} answerMs={130_000} />
}

/**
 * Sends its form once, with a bar and its own words until the answer. Renders a `<button>`, then also a
 * `<progress>`.
 */
export function SubmitButton({
  children,
  busy,
  look = 'primary',
}: {
  children: string
  busy: string
  look?: 'primary' | 'quiet'
}) {
  const { pending } = useFormStatus()
  return (
    <>
      <Button label={children} busy={busy} look={look} />
      {pending && <BusyBar label={busy} />}
    </>
  )
}
