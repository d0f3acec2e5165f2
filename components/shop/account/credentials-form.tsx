import type { ReactNode } from 'react'
import { Button } from '@/components/ui/actions/button'
import { Problem } from '@/components/ui/feedback/problem'
import { PasswordField } from '@/components/ui/forms/password-field'
import { TextField } from '@/components/ui/forms/text-field'
import { PostForm } from '@/components/ui/post-form'
import { accountPath } from '@/lib/domain/people/account-path'
import { shortestPassword } from '@/lib/domain/people/sign-up'
import { credentialsFormWords } from './words'

/** An address and a password, for signing in or up; the same with and without JavaScript. Renders a `<form>`. */
export function CredentialsForm({
  action,
  next,
  email,
  isNew,
  said,
  children,
}: {
  action: (form: FormData) => Promise<unknown>
  next: string
  /** The address of the attempt before. */
  email: string | undefined
  isNew: boolean
  /** How that attempt ended. */
  said: string | undefined
  /** The text of the button. */
  children: ReactNode
}) {
  return (
    <PostForm
      action={action}
      page={accountPath(isNew ? 'sign-up' : 'sign-in', next)}
      className="grid gap-5"
      aria-describedby="how-it-ended"
    >
      <input type="hidden" name="next" value={next} />
      <TextField
        size="large"
        // Another attempt, another field: React keeps what a field held at first.
        key={email}
        id="email"
        name="email"
        type="email"
        label={credentialsFormWords.eMail}
        autoComplete={isNew ? 'email' : 'username'}
        required
        defaultValue={email}
      />
      <PasswordField
        size="large"
        id="password"
        name="password"
        label={
          isNew
            ? credentialsFormWords.passwordAtLeastCharacters(shortestPassword)
            : credentialsFormWords.password
        }
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
      />
      <Problem size="body" id="how-it-ended">
        {said}
      </Problem>
      <Button kind="primary" size="large">
        {children}
      </Button>
    </PostForm>
  )
}
