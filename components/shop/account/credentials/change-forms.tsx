import { Button } from '@/components/ui/actions/button'
import { PasswordField } from '@/components/ui/forms/password-field'
import { TextField } from '@/components/ui/forms/text-field'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { TextLink } from '@/components/ui/text/text-link'
import { changeWords, credentialsWords } from './words'

interface ChangeForm {
  action: (form: FormData) => Promise<unknown>
  /** The address of the account, for the programs that fill in passwords. */
  email: string
}

/** Changes the password of the signed-in person. Renders a `<section>`. */
export function ChangePassword({ action, email }: ChangeForm) {
  return (
    <Section id="change-password" title={changeWords.changePassword} width="form">
      <PostForm action={action} page="/account/details">
        <Stack gap={5}>
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <PasswordField
            size="large"
            id="password-current"
            name="current"
            label={changeWords.currentPassword}
            autoComplete="current-password"
            required
          />
          <PasswordField
            size="large"
            id="password-new"
            name="password"
            label={credentialsWords.newPassword}
            autoComplete="new-password"
            required
          />
          <div>
            <Button size="large">{changeWords.changePassword}</Button>
          </div>
        </Stack>
      </PostForm>
      <p>
        <TextLink href="/account/forgot">{changeWords.noPassword}</TextLink>
      </p>
    </Section>
  )
}

/** Asks for another address of the account of the signed-in person. Renders a `<section>`. */
export function ChangeAddress({ action }: Pick<ChangeForm, 'action'>) {
  return (
    <Section id="change-address" title={changeWords.changeAddress} width="form">
      <PostForm action={action} page="/account/details">
        <Stack gap={5}>
          <TextField
            size="large"
            id="address-new"
            name="email"
            type="email"
            label={changeWords.newAddress}
            autoComplete="email"
            required
          />
          <PasswordField
            size="large"
            id="address-password"
            name="current"
            label={changeWords.currentPassword}
            autoComplete="current-password"
            required
          />
          <div>
            <Button size="large">{changeWords.changeAddress}</Button>
          </div>
        </Stack>
      </PostForm>
    </Section>
  )
}
