'use client'

import { useFormStatus } from 'react-dom'
import { primaryButton, quietButton } from './controls'

/** Says that the form around it is on its way, and keeps the focus meanwhile. Renders a `<button type="submit">`. */
export function SubmitButton({
  label,
  busy,
  look = 'primary',
}: {
  label: string
  busy: string
  look?: 'primary' | 'quiet'
}) {
  const { pending } = useFormStatus()
  return (
    <button
      type="submit"
      aria-disabled={pending}
      onClick={(event) => pending && event.preventDefault()}
      className={look === 'primary' ? primaryButton : quietButton}
    >
      {pending ? busy : label}
    </button>
  )
}
