import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { Problem } from '@/components/ui/feedback/problem'
import { PasswordField } from '@/components/ui/forms/password-field'
import { TextField } from '@/components/ui/forms/text-field'
import { PostForm } from '@/components/ui/post-form'
import {
  acceptInvitation,
  joinWithAccount,
  joinWithNewAccount,
  signOutToJoin,
} from '@/lib/actions/staff/join'
import type { JoinTrouble } from '@/lib/domain/people/join'
import { shortestPassword } from '@/lib/domain/people/sign-up'
import { joinFormsWords, joinWords } from './words'

/** For who is signed in with the invited address. Renders a `<form>`. */
export function JoinForm({ secret }: { secret: string }) {
  return (
    <PostForm action={acceptInvitation} page={pageOf(secret)}>
      <input type="hidden" name="secret" value={secret} />
      <SubmitButton label={joinFormsWords.join} busy={joinFormsWords.joining} />
    </PostForm>
  )
}

/** For who is signed in with another address. Renders a `<form>`. */
export function LeaveToJoinForm({ secret }: { secret: string }) {
  return (
    <PostForm action={signOutToJoin} page={pageOf(secret)}>
      <input type="hidden" name="secret" value={secret} />
      <SignOutButton look="button" />
    </PostForm>
  )
}

/** For who is not signed in: a password for the invited address, a new one or that of its account. Renders a `<form>`. */
export function PasswordForm({
  secret,
  email,
  hasAccount,
  trouble,
}: {
  secret: string
  email: string
  hasAccount: boolean
  trouble: JoinTrouble | null
}) {
  return (
    <PostForm
      action={hasAccount ? joinWithAccount : joinWithNewAccount}
      page={`${pageOf(secret)}${hasAccount ? '?account=1' : ''}`}
      className="grid gap-5"
      aria-describedby="join-trouble"
    >
      <input type="hidden" name="secret" value={secret} />
      <TextField label={joinFormsWords.eMail} type="email" value={email} readOnly autoComplete="username" />
      <PasswordField
        label={hasAccount ? joinFormsWords.password : joinFormsWords.chooseAPasswordAtLeast(shortestPassword)}
        name="password"
        required
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
      />
      <Problem id="join-trouble">{trouble && joinWords[trouble.refusal]}</Problem>
      <SubmitButton label={joinFormsWords.join} busy={joinFormsWords.joining} />
    </PostForm>
  )
}

const pageOf = (secret: string) => `/staff/join/${encodeURIComponent(secret)}`
