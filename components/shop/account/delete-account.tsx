import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Problem } from '@/components/ui/feedback/problem'
import { CheckField } from '@/components/ui/forms/check-field'
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
    <Disclosure
      open={attempt !== null}
      look="text"
      className="mt-16 border-line border-t pt-4 text-small text-soft"
      summary={deleteAccountWords.deleteAccount}
    >
      <PostForm
        action={action}
        page="/account"
        className="mt-2 grid max-w-prose gap-4 text-body text-ink"
        aria-describedby="erasure-attempt"
      >
        <p>{deleteAccountWords.thisCannotBeUndoneItems}</p>
        <CheckField size="large" name="sure" required label={deleteAccountWords.deleteMyAccountForGood} />
        <Problem size="body" id="erasure-attempt">
          {attempt ? erasureWords[attempt.refusal] : undefined}
        </Problem>
        <Button size="large" className="w-fit">
          {deleteAccountWords.deleteAccount}
        </Button>
      </PostForm>
    </Disclosure>
  )
}
