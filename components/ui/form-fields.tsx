'use client'

import { useState } from 'react'
import { newId } from '@/lib/client/browser/capabilities'

/**
 * The hidden fields of a form that also works without JavaScript (docs/forms.md). Renders two `<input>`s.
 *
 * @param page the page the form returns to.
 * @param idempotencyKey where the form itself decides when its key changes.
 */
export function FormFields({ page, idempotencyKey }: { page: string; idempotencyKey?: string }) {
  const [key] = useState(() => newId())
  return (
    <>
      {/* The server and the browser make a key each; either is as good. */}
      <input type="hidden" name="idempotency_key" value={idempotencyKey ?? key} suppressHydrationWarning />
      <input type="hidden" name="page" value={page} />
    </>
  )
}
