import { linkButton, quietButton } from '@/components/ui/controls'
import type { ErasureAttempt } from '@/lib/domain/people/account-erasure'
import { erasureWords } from './words'

/** Deletes the account after a confirmation; the same with and without JavaScript. Renders a `<details>`. */
export function DeleteAccount({
  action,
  firstKey,
  attempt,
}: {
  action: (form: FormData) => Promise<void>
  firstKey: string
  attempt: ErasureAttempt | null
}) {
  return (
    <details open={attempt !== null} className="mt-16 border-line border-t pt-4">
      <summary className={`${linkButton} w-fit content-center text-small text-soft`}>Delete account</summary>
      <form action={action} className="mt-2 grid max-w-prose gap-4" aria-describedby="erasure-attempt">
        <p>
          This cannot be undone. Items in your cart are released. Your orders stay with the shop, without your
          name, e-mail address, phone number and address. An order that is not finished keeps them until it
          is.
        </p>
        <input type="hidden" name="idempotency_key" value={firstKey} />
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" name="sure" required className="size-5 accent-action" />
          Delete my account for good
        </label>
        <p id="erasure-attempt" role="alert" className="text-danger empty:hidden">
          {attempt ? erasureWords[attempt.refusal] : undefined}
        </p>
        <button type="submit" className={`${quietButton} w-fit`}>
          Delete account
        </button>
      </form>
    </details>
  )
}
