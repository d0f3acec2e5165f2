'use client'

import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/actions/button'

/** The button of a form, with its own words and the focus while the form is sent. Renders a `<button type="submit">`. */
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
    <Button kind={look} aria-disabled={pending} onClick={(event) => pending && event.preventDefault()}>
      {pending ? busy : label}
    </Button>
  )
}
