'use client'

import { useActionState } from 'react'
import { primaryButton } from '@/components/staff/controls'
import { confirm } from '@/lib/actions/imports'
import { importRefusalWords } from './words'

/** Says yes to the difference that is shown, and to no other. Works without JavaScript. Renders a `<form>`. */
export function ConfirmForm({
  importId,
  seen,
  firstKey,
  children,
}: {
  importId: string
  seen: string
  firstKey: string
  children: string
}) {
  const [refusal, action, isPending] = useActionState(confirm, null)
  return (
    <form action={action} className="grid gap-3">
      <input type="hidden" name="import_id" value={importId} />
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <p role="alert" className="text-danger empty:hidden">
        {refusal && !isPending && importRefusalWords(refusal)}
      </p>
      <button type="submit" disabled={isPending} className={`${primaryButton} justify-self-start`}>
        {isPending ? 'Importing…' : children}
      </button>
      {isPending && <progress className="w-full accent-action" aria-label="Importing" />}
    </form>
  )
}
