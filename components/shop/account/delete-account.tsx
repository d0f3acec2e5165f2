import { linkButton, quietButton } from '@/components/ui/controls'
import type { ErasureAttempt } from '@/lib/domain/people/account-erasure'
import { deleteAccountWords, erasureWords } from './words'

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
      <summary className={`${linkButton} w-fit content-center text-small text-soft`}>
        {deleteAccountWords.deleteAccount}
      </summary>
      <form action={action} className="mt-2 grid max-w-prose gap-4" aria-describedby="erasure-attempt">
        <p>{deleteAccountWords.thisCannotBeUndoneItems}</p>
        <input type="hidden" name="idempotency_key" value={firstKey} />
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" name="sure" required className="size-5 accent-action" />
          {deleteAccountWords.deleteMyAccountForGood}
        </label>
        <p id="erasure-attempt" role="alert" className="text-danger empty:hidden">
          {attempt ? erasureWords[attempt.refusal] : undefined}
        </p>
        <button type="submit" className={`${quietButton} w-fit`}>
          {deleteAccountWords.deleteAccount}
        </button>
      </form>
    </details>
  )
}
