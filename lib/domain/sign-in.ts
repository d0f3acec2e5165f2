import { z } from 'zod'

export const SignInRequest = z.object({
  email: z.email(),
  password: z.string().min(1),
  next: z.string().optional(),
})
export type SignInRequest = z.infer<typeof SignInRequest>

/**
 * Why nobody was signed in. An unknown address and a wrong password are one code: the page does not say which
 * addresses have an account.
 */
export type SignInRefusal =
  | { code: 'details_missing' }
  | { code: 'credentials_rejected' }
  | { code: 'too_many_attempts' }
  | { code: 'account_locked' }
  | { code: 'email_unconfirmed' }

/** What Auth says (its error codes), in our words; undefined for a fault. */
export function signInRefusal(authCode: string | undefined): SignInRefusal | undefined {
  switch (authCode) {
    case 'invalid_credentials':
    case 'user_not_found':
    case 'validation_failed':
      return { code: 'credentials_rejected' }
    case 'over_request_rate_limit':
      return { code: 'too_many_attempts' }
    case 'user_banned':
      return { code: 'account_locked' }
    case 'email_not_confirmed':
      return { code: 'email_unconfirmed' }
    default:
      return undefined
  }
}
