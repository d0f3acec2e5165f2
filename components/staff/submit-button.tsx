'use client'

import { useFormStatus } from 'react-dom'
import { primaryButton, quietButton } from './controls'

/** Says that the form around it is on its way. Renders a `<button type="submit">`. */
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
    <button type="submit" disabled={pending} className={look === 'primary' ? primaryButton : quietButton}>
      {pending ? busy : label}
    </button>
  )
}
