import { z } from 'zod'
import { Email } from '@/lib/domain/text/email'

/** Why no account was made. */
export const SignUpRefusal = z.enum([
  'details_missing',
  'password_too_short',
  'password_too_weak',
  'address_taken',
  'too_many_attempts',
  'closed',
])
export type SignUpRefusal = z.infer<typeof SignUpRefusal>

/** As supabase/config.toml says it to Auth, and docs/deploy.md to who runs a project (a test compares them). */
export const shortestPassword = 10

export const SignUpRequest = z.object({
  email: Email,
  password: z.string().min(shortestPassword).max(72),
})
export type SignUpRequest = z.infer<typeof SignUpRequest>

/** How an attempt ended that made nobody signed in, as the form shows it again. */
export const SignUpAttempt = z.object({
  ended: z.enum([...SignUpRefusal.options, 'unconfirmed']),
  email: z.string(),
})
export type SignUpAttempt = z.infer<typeof SignUpAttempt>

/** An error code of Auth in the shop's words; undefined for a fault. */
export function signUpRefusal(authCode: string | undefined): SignUpRefusal | undefined {
  switch (authCode) {
    case 'validation_failed':
    case 'email_address_invalid':
      return 'details_missing'
    case 'weak_password':
      return 'password_too_weak'
    case 'user_already_exists':
    case 'email_exists':
      return 'address_taken'
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
      return 'too_many_attempts'
    case 'signup_disabled':
    case 'email_provider_disabled':
      return 'closed'
    default:
      return undefined
  }
}
