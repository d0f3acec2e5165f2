import type { ReactNode } from 'react'
import { actionButton } from '@/components/ui/controls'
import { PostForm } from '@/components/ui/post-form'
import { TextField } from '@/components/ui/text-field'
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
        // Another attempt, another field: React keeps what a field held at first.
        key={email}
        id="email"
        name="email"
        type="email"
        label={credentialsFormWords.eMail}
        autoComplete={isNew ? 'email' : 'username'}
        required
        defaultValue={email}
        problem={undefined}
      />
      <TextField
        id="password"
        name="password"
        type="password"
        label={
          isNew
            ? credentialsFormWords.passwordAtLeastCharacters(shortestPassword)
            : credentialsFormWords.password
        }
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        problem={undefined}
      />
      <p id="how-it-ended" role="alert" className="text-danger empty:hidden">
        {said}
      </p>
      <button type="submit" className={actionButton}>
        {children}
      </button>
    </PostForm>
  )
}
