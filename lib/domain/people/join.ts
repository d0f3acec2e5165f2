import { z } from 'zod'
import { SignInRefusal } from './sign-in'
import { SignUpAttempt } from './sign-up'

/** Why somebody with an invitation could not sign in or make an account. */
const JoinRefusal = z.enum([...SignInRefusal.options, ...SignUpAttempt.shape.ended.options])
export type JoinRefusal = z.infer<typeof JoinRefusal>

export const JoinTrouble = z.object({ refusal: JoinRefusal })
export type JoinTrouble = z.infer<typeof JoinTrouble>
