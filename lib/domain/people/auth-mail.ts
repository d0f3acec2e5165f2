import { z } from 'zod'

/** An address as Auth writes it. */
const Address = z.string().max(254)

/** The body of Auth's Send-Email hook, as far as the shop uses it. */
export const SendEmailHook = z.object({
  user: z.object({ email: Address, new_email: Address.nullish() }),
  email_data: z.object({
    email_action_type: z.string().max(60),
    token_hash: z.string().max(200),
    token_hash_new: z.string().max(200).nullish(),
  }),
})
export type SendEmailHook = z.infer<typeof SendEmailHook>

/** A message that Auth wants sent, as the outbox takes it. */
export interface AuthMail {
  kind: 'confirm_address' | 'reset_password' | 'change_address'
  recipient: string
  token: string
  new_address?: string
}

/**
 * The messages of one call of the hook; null for one that the shop has no page for, such as a sign-in code. A change of
 * address that both mailboxes confirm has two. Auth's names mislead: `token_hash` is the one for the new address, and
 * `token_hash_new` the one for the current address.
 */
export function authMailsOf({ user, email_data }: SendEmailHook): AuthMail[] | null {
  const { email_action_type: type, token_hash: token, token_hash_new } = email_data
  switch (type) {
    case 'signup':
      return [{ kind: 'confirm_address', recipient: user.email, token }]
    case 'recovery':
      return [{ kind: 'reset_password', recipient: user.email, token }]
    case 'email_change': {
      const new_address = user.new_email
      if (!new_address) return null
      const change = { kind: 'change_address', new_address } as const
      return [
        { ...change, recipient: new_address, token },
        ...(token_hash_new ? [{ ...change, recipient: user.email, token: token_hash_new }] : []),
      ]
    }
    default:
      return null
  }
}
