'use client'

import { type RefObject, useEffect, useState } from 'react'

/**
 * Solves the challenge of an answer and automatically sends the form again with the proof.
 *
 * @returns whether that is going on.
 */
export function useProof(form: RefObject<HTMLFormElement | null>, challenge: string | null): boolean {
  const [solved, setSolved] = useState<string | null>(null)
  useEffect(() => {
    if (!challenge) return
    const abort = new AbortController()
    // The challenge is for the key it was sent with; the page may be rendered again with another one in the meantime.
    const key = fieldOf(form.current, 'idempotency_key')?.value ?? ''
    // Asked for by few, so it is loaded when it is.
    import('@/lib/domain/checkout/proof')
      .then(({ solve }) => solve(challenge, nextTask, abort.signal))
      .then((proof) => {
        if (!proof || abort.signal.aborted) return
        fill(form.current, 'idempotency_key', key)
        fill(form.current, 'proof_challenge', proof.challenge)
        fill(form.current, 'proof_nonce', String(proof.nonce))
        setSolved(challenge)
        form.current?.requestSubmit()
      })
      // Without the program there is no proof: the form says what else can be done.
      .catch(() => setSolved(challenge))
    return () => abort.abort()
  }, [form, challenge])
  return challenge !== null && solved !== challenge
}

/** After whatever the browser wants to do first: paint, or answer a key. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))

function fill(form: HTMLFormElement | null, name: string, value: string): void {
  const field = fieldOf(form, name)
  if (field) field.value = value
}

function fieldOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const field = form?.elements.namedItem(name)
  return field instanceof HTMLInputElement ? field : null
}
