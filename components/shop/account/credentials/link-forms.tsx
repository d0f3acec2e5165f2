import { Button } from '@/components/ui/actions/button'
import { PasswordField } from '@/components/ui/forms/password-field'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import type { ConfirmRequest } from '@/lib/domain/people/credentials'
import { credentialsWords as words } from './words'

type Action = (form: FormData) => Promise<unknown>

/** Asks for a link by e-mail. Renders a `<form>`. */
export function LinkForm({ action, page }: { action: Action; page: string }) {
  return (
    <PostForm action={action} page={page}>
      <Stack gap={5}>
        <TextField
          size="large"
          id="email"
          name="email"
          type="email"
          label={words.eMail}
          autoComplete="username"
          required
        />
        <Button kind="primary" size="large">
          {words.sendLink}
        </Button>
      </Stack>
    </PostForm>
  )
}

/** Sets a new password by the secret of a link. Renders a `<form>`. */
export function ResetForm({ action, token }: { action: Action; token: string }) {
  return (
    <PostForm action={action} page={`/account/reset/${encodeURIComponent(token)}`}>
      <Stack gap={5}>
        <input type="hidden" name="token" value={token} />
        <PasswordField
          size="large"
          id="password"
          name="password"
          label={words.newPassword}
          autoComplete="new-password"
          required
        />
        <Button kind="primary" size="large">
          {words.setPassword}
        </Button>
      </Stack>
    </PostForm>
  )
}

/** Confirms an address by the secret of a link. Renders a `<form>`. */
export function ConfirmForm({ action, token, type }: ConfirmRequest & { action: Action }) {
  return (
    <PostForm action={action} page={`/account/confirm/${type}/${encodeURIComponent(token)}`}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="type" value={type} />
      <Button kind="primary" size="large">
        {words.confirmAddress}
      </Button>
    </PostForm>
  )
}
