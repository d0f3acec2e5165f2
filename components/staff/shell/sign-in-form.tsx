import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { PostForm } from '@/components/ui/post-form'
import { signIn } from '@/lib/actions/staff/session'
import type { SignInAttempt } from '@/lib/domain/people/sign-in'
import { signInFormWords, signInWords } from './words'

/** The same with and without JavaScript. A refused attempt keeps the address and says why. Renders a `<form>`. */
export function SignInForm({ next, attempt }: { next: string; attempt: SignInAttempt | null }) {
  return (
    <PostForm
      action={signIn}
      page={`/staff/sign-in?next=${encodeURIComponent(next)}`}
      className="grid gap-5"
      aria-describedby="sign-in-refusal"
    >
      <input type="hidden" name="next" value={next} />
      <label className="grid gap-1.5">
        <span className={labelText}>{signInFormWords.eMail}</span>
        <input
          // Another attempt, another field: React keeps what a field held at first.
          key={attempt?.email}
          className={fieldBox}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={attempt?.email}
        />
      </label>
      <label className="grid gap-1.5">
        <span className={labelText}>{signInFormWords.password}</span>
        <input
          className={fieldBox}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      <p id="sign-in-refusal" role="alert" className="text-danger text-small empty:hidden">
        {attempt && signInWords[attempt.refusal]}
      </p>
      <SubmitButton label={signInFormWords.signIn} busy={signInFormWords.signingIn} />
    </PostForm>
  )
}
