'use client'

import { useActionState } from 'react'
import { signIn } from '@/lib/actions/session'
import { fieldBox, labelText, primaryButton } from './controls'
import { signInWords } from './words'

/** Works without JavaScript. A refused attempt keeps the address and says why. Renders a `<form>`. */
export function SignInForm({ next }: { next: string }) {
  const [attempt, action, isPending] = useActionState(signIn, null)
  return (
    <form action={action} className="grid gap-5" aria-describedby="sign-in-refusal">
      <input type="hidden" name="next" value={next} />
      <label className="grid gap-1.5">
        <span className={labelText}>E-mail</span>
        <input
          className={fieldBox}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={attempt?.email}
          // A new key, because React resets the field of a finished form action to its first default.
          key={attempt?.email}
        />
      </label>
      <label className="grid gap-1.5">
        <span className={labelText}>Password</span>
        <input
          className={fieldBox}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      <p id="sign-in-refusal" role="alert" className="text-danger text-small empty:hidden">
        {attempt && signInWords[attempt.refusal.code]}
      </p>
      <button type="submit" disabled={isPending} className={primaryButton}>
        {isPending ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}
