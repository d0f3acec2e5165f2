'use client'

import { useFormStatus } from 'react-dom'
import { SubmitButton as Button } from '@/components/staff/forms/submit-button'

/** Sends its form once; while that takes, says so and shows a bar. Renders a `<button>`, and a `<progress>` meanwhile. */
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
      {pending && <progress className="w-40 self-center accent-action" aria-label={busy} />}
    </>
  )
}
