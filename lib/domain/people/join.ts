import { z } from 'zod'
import { SignInRefusal } from './sign-in'
import { SignUpAttempt } from './sign-up'

/** The reason why an invited person could not sign in or create an account. */
const JoinRefusal = z.enum([...SignInRefusal.options, ...SignUpAttempt.shape.ended.options])
export type JoinRefusal = z.infer<typeof JoinRefusal>

export const JoinTrouble = z.object({ refusal: JoinRefusal })
export type JoinTrouble = z.infer<typeof JoinTrouble>

/** The secret of an invitation; one that cannot be any opens nothing. */
export const JoinNamed = z.object({ secret: z.string().transform((secret) => secret.slice(0, 100)) })
export const JoinRequest = JoinNamed.extend({ password: z.string().default('') })
