import { z } from 'zod'
import { Email } from '@/lib/domain/text/email'

/** No password is longer: Auth keeps 72 bytes. */
export const longestPassword = 200

export const SignInRequest = z.object({
  email: Email,
  password: z.string().min(1).max(longestPassword),
  next: z.string().max(2000).optional(),
})
export type SignInRequest = z.infer<typeof SignInRequest>

/**
 * Why nobody was signed in. An unknown address and a wrong password are one code: the page does not say which
 * addresses have an account.
 */
export const SignInRefusal = z.enum([
  'details_missing',
  'credentials_rejected',
  'too_many_attempts',
  'account_locked',
  'email_unconfirmed',
])
export type SignInRefusal = z.infer<typeof SignInRefusal>

/** A refused attempt, as the form shows it again: why, and the address as it was typed. */
export const SignInAttempt = z.object({ refusal: SignInRefusal, email: z.string() })
export type SignInAttempt = z.infer<typeof SignInAttempt>

/** An error code of Auth in the shop's words; undefined for a fault. */
export function signInRefusal(authCode: string | undefined): SignInRefusal | undefined {
  switch (authCode) {
    case 'invalid_credentials':
    case 'user_not_found':
    case 'validation_failed':
      return 'credentials_rejected'
    case 'over_request_rate_limit':
      return 'too_many_attempts'
    case 'user_banned':
      return 'account_locked'
    case 'email_not_confirmed':
      return 'email_unconfirmed'
    default:
      return undefined
  }
}
