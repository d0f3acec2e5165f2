import { linkButton, quietButton } from '@/components/ui/controls'
import { PostForm } from '@/components/ui/post-form'
import type { ErasureAttempt } from '@/lib/domain/people/account-erasure'
import { deleteAccountWords, erasureWords } from './words'

/** Deletes the account after a confirmation; the same with and without JavaScript. Renders a `<details>`. */
export function DeleteAccount({
  action,
  attempt,
}: {
  action: (form: FormData) => Promise<unknown>
  attempt: ErasureAttempt | null
}) {
  return (
    <details open={attempt !== null} className="mt-16 border-line border-t pt-4">
      <summary className={`${linkButton} w-fit content-center text-small text-soft`}>
        {deleteAccountWords.deleteAccount}
      </summary>
      <PostForm
        action={action}
        page="/account"
        className="mt-2 grid max-w-prose gap-4"
        aria-describedby="erasure-attempt"
      >
        <p>{deleteAccountWords.thisCannotBeUndoneItems}</p>
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
      </PostForm>
    </details>
  )
}
