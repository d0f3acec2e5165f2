'use server'

import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { type Result, refused } from '@/lib/domain/core/result'
import { JoinNamed, type JoinRefusal, JoinRequest, type JoinTrouble } from '@/lib/domain/people/join'
import { SignInRequest } from '@/lib/domain/people/sign-in'
import { SignUpRequest, shortestPassword } from '@/lib/domain/people/sign-up'
import { defineForm, type FormDefinition } from '@/lib/server/forms/define-form'
import * as people from '@/lib/server/people/people'
import { endSession, makeAccount, signInWithPassword } from '@/lib/server/session/session'

// Joining by the link of an invitation. The address is the invitation's and never the form's, so that nobody joins with
// another one by mistake; the database checks it again. Each form leads to the staff pages, or back to its own.

type JoinForm = FormDefinition<z.infer<typeof JoinRequest>, Result<unknown, JoinRefusal>>

const withPassword = {
  schema: JoinRequest,
  refuse: () => refused('details_missing'),
  leave: (answer): JoinTrouble | null => (answer.ok ? null : { refusal: answer.error }),
} satisfies Partial<JoinForm>

export const joinWithNewAccount = defineForm<z.infer<typeof JoinRequest>, Result<unknown, JoinRefusal>>({
  least: 'anybody',
  ...withPassword,
  async run({ secret, password }) {
    const request = SignUpRequest.safeParse({ email: await invitedEmail(secret), password })
    if (!request.success)
      return refused(password.length < shortestPassword ? 'password_too_short' : 'details_missing')
    const made = await makeAccount(request.data)
    if (!made.ok) return made
    return made.data === 'unconfirmed' ? refused('unconfirmed') : join(secret)
  },
})

export const joinWithAccount = defineForm<z.infer<typeof JoinRequest>, Result<unknown, JoinRefusal>>({
  least: 'anybody',
  ...withPassword,
  async run({ secret, password }) {
    const request = SignInRequest.safeParse({ email: await invitedEmail(secret), password })
    if (!request.success) return refused('details_missing')
    const signedIn = await signInWithPassword(request.data)
    return signedIn.ok ? join(secret) : signedIn
  },
})

/** For a caller who is signed in with the invited address. */
export const acceptInvitation = defineForm({
  least: 'anybody',
  schema: JoinNamed,
  run: ({ secret }) => join(secret),
})

/** For a caller who is signed in with another address. */
export const signOutToJoin = defineForm({
  least: 'anybody',
  schema: JoinNamed,
  async run(): Promise<Result<null>> {
    await endSession()
    return { ok: true, data: null }
  },
})

/** The last step of each way. Where it fails, the page reads the invitation again and shows why. */
async function join(secret: string): Promise<Result<null, never>> {
  const joined = await people.acceptInvitation(secret)
  if (joined.ok) redirect('/staff')
  return { ok: true, data: null }
}

async function invitedEmail(secret: string): Promise<string> {
  return (await people.readInvitation(secret))?.email ?? ''
}
