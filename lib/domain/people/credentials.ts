import { z } from 'zod'
import { Email } from '@/lib/domain/text/email'
import { longestPassword } from './sign-in'
import { shortestPassword } from './sign-up'

/** The secret of a link of Auth, as it is in the address of its page. */
const Token = z.string().regex(/^[\w-]{16,200}$/)
const NewPassword = z.string().min(shortestPassword).max(72)
const CurrentPassword = z.string().min(1).max(longestPassword)

/** Asks for a link by e-mail: to a new password, or to confirm an address. */
export const LinkRequest = z.object({ email: Email })
export type LinkRequest = z.infer<typeof LinkRequest>

export const ResetRequest = z.object({ token: Token, password: NewPassword })
export type ResetRequest = z.infer<typeof ResetRequest>

export const ConfirmType = z.enum(['signup', 'email_change'])
export const ConfirmRequest = z.object({ token: Token, type: ConfirmType })
export type ConfirmRequest = z.infer<typeof ConfirmRequest>

export const PasswordChange = z.object({ current: CurrentPassword, password: NewPassword })
export type PasswordChange = z.infer<typeof PasswordChange>

export const AddressChange = z.object({ email: Email, current: CurrentPassword })
export type AddressChange = z.infer<typeof AddressChange>

/** Why nothing was changed. None of them says whether an address has an account. */
export const CredentialsRefusal = z.enum([
  'address_missing',
  'details_missing',
  'link_ended',
  'password_too_short',
  'password_too_weak',
  'password_wrong',
  'too_many_attempts',
])
export type CredentialsRefusal = z.infer<typeof CredentialsRefusal>

/** The notice of an account page after one of these forms. */
export const AccountNotice = z.object({
  notice: z.enum([
    ...CredentialsRefusal.options,
    'link_sent',
    'password_changed',
    'change_sent',
    'address_approved',
    'address_confirmed',
    'advertising_agreed',
    'advertising_withdrawn',
    'not_saved',
  ]),
})
export type AccountNotice = z.infer<typeof AccountNotice>['notice']

/** Whether a notice is a refusal: it is shown as a problem. */
export const isRefusal = (notice: AccountNotice): boolean =>
  notice === 'not_saved' || CredentialsRefusal.safeParse(notice).success

/** The refusal of a form whose fields the schema refuses. */
export function credentialsProblem(form: FormData): CredentialsRefusal {
  const password = form.get('password')
  if (typeof password !== 'string') return 'details_missing'
  return password.length > 0 && password.length < shortestPassword ? 'password_too_short' : 'details_missing'
}
