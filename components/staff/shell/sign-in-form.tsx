import { SubmitButton } from '@/components/staff/forms/submit-button'
import { Problem } from '@/components/ui/feedback/problem'
import { PasswordField } from '@/components/ui/forms/password-field'
import { TextField } from '@/components/ui/forms/text-field'
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
      <TextField
        label={signInFormWords.eMail}
        key={attempt?.email}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={attempt?.email}
      />
      <PasswordField
        label={signInFormWords.password}
        name="password"
        autoComplete="current-password"
        required
      />
      <Problem id="sign-in-refusal">{attempt && signInWords[attempt.refusal]}</Problem>
      <SubmitButton label={signInFormWords.signIn} busy={signInFormWords.signingIn} />
    </PostForm>
  )
}
