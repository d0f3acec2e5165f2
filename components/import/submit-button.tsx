'use client'

import { useFormStatus } from 'react-dom'
import { primaryButton } from '@/components/staff/controls'

/** Sends its form once; while that takes, says so and shows a bar. Renders a `<button>`, and a `<progress>` meanwhile. */
export function SubmitButton({ children, busy }: { children: string; busy: string }) {
  const { pending } = useFormStatus()
  return (
    <>
      <button type="submit" disabled={pending} className={primaryButton}>
        {pending ? busy : children}
      </button>
      {pending && <progress className="w-40 self-center accent-action" aria-label={busy} />}
    </>
  )
}
