'use client'

import { useFormStatus } from 'react-dom'
import { primaryButton } from './controls'

/** Says that the form around it is on its way. Renders a `<button type="submit">`. */
export function SubmitButton({ label, busy }: { label: string; busy: string }) {
  const { pending } = useFormStatus()
  return (
    <button type="submit" disabled={pending} className={primaryButton}>
      {pending ? busy : label}
    </button>
  )
}
