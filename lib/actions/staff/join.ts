'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { JoinRefusal, JoinTrouble } from '@/lib/domain/people/join'
import { SignInRequest } from '@/lib/domain/people/sign-in'
import { SignUpRequest, shortestPassword } from '@/lib/domain/people/sign-up'
import { leaveFlash } from '@/lib/server/http/flash'
import { acceptInvitation, readInvitation } from '@/lib/server/people/people'
import { shopperDoor } from '@/lib/server/session/doors'
import { endSession, makeAccount, signInWithPassword } from '@/lib/server/session/session'

// Joining by the link of an invitation. The address is the invitation's and never the form's, so that nobody joins with
// another one by mistake; the database checks it again.

export async function joinWithNewAccount(form: FormData): Promise<void> {
  const { secret, credentials } = await read(form)
  const request = SignUpRequest.safeParse(credentials)
  if (!request.success)
    return leadBack(
      secret,
      String(credentials.password).length < shortestPassword ? 'password_too_short' : 'details_missing',
    )
  const made = await makeAccount(request.data)
  if (!made.ok) return leadBack(secret, made.error)
  if (made.data === 'unconfirmed') return leadBack(secret, 'unconfirmed')
  await join(form)
}

export async function joinWithAccount(form: FormData): Promise<void> {
  const { secret, credentials } = await read(form)
  const request = SignInRequest.safeParse(credentials)
  if (!request.success) return leadBack(secret, 'details_missing', '?account=1')
  const signedIn = await signInWithPassword(request.data)
  if (!signedIn.ok) return leadBack(secret, signedIn.error, '?account=1')
  await join(form)
}

/** For who is signed in already, and the last step of both others. */
export async function join(form: FormData): Promise<void> {
  const secret = secretIn(form)
  const joined = await acceptInvitation(secret)
  if (joined.ok) redirect('/staff')
  // The page reads the invitation again and says what stands against it.
  redirect(pageOf(secret))
}

export async function leaveToJoin(form: FormData): Promise<void> {
  await endSession()
  redirect(pageOf(secretIn(form)))
}

/** The secret in a form; one that cannot be any opens nothing. */
function secretIn(form: FormData): string {
  return shopperDoor(form).ok ? String(form.get('secret')).slice(0, 100) : ''
}

async function read(form: FormData) {
  const secret = secretIn(form)
  const invitation = await readInvitation(secret)
  return {
    secret,
    credentials: { email: invitation?.email ?? '', password: String(form.get('password') ?? '') },
  }
}

async function leadBack(secret: string, refusal: JoinRefusal, query = ''): Promise<never> {
  await leaveFlash({ refusal } satisfies JoinTrouble)
  redirect(`${pageOf(secret)}${query}` as Route)
}

function pageOf(secret: string): Route {
  return `/staff/join/${encodeURIComponent(secret)}` as Route
}
