import 'server-only'
import { createHash } from 'node:crypto'
import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import type { Route } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { type SignInRefusal, type SignInRequest, signInRefusal } from '@/lib/domain/people/sign-in'
import { type SignUpRefusal, type SignUpRequest, signUpRefusal } from '@/lib/domain/people/sign-up'
import { roleReaches, type StaffMember, StaffRole } from '@/lib/domain/people/staff'
import { askedPath } from '@/lib/server/http/request'
import { clientAddress, clientNetwork } from '@/lib/server/network/client-network'
import { takeTurn } from '@/lib/server/network/limits'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import { inTime } from '@/lib/server/resilience/in-time'
import { carriesSession } from './session-refresh'

export interface Person {
  id: string
  email: string
}

/** How long Auth is waited for, with the repeats of its library, in milliseconds. */
export const authMs = 5_000

export function isOutage(error: AuthError): boolean {
  return isAuthRetryableFetchError(error) || Number(error.status) >= 500
}

export function authFault(asked: string, error: AuthError): Error {
  const words = `${asked}: ${error.code ?? error.name}`
  return isOutage(error) ? new Unavailable(words, { cause: error }) : new Error(words, { cause: error })
}

/** The signed-in user, confirmed by Auth: a revoked session ends here, whatever the cookie says. Once per request. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  if (!carriesSession((await cookies()).getAll())) return null
  const { data, error } = await inTime((await sessionClient()).auth.getUser(), authMs)
  if (data.user) return { id: data.user.id, email: data.user.email ?? '' }
  if (error && isOutage(error)) throw new Unavailable('Auth could not say who is signed in', { cause: error })
  return null
})

/** The signed-in staff member; null for shoppers, guests and former staff. */
export const currentStaff = cache(async (): Promise<StaffMember | null> => {
  const row = await ownStaffRow()
  return row?.active
    ? {
        userId: row.user_id,
        name: row.name,
        email: row.email,
        role: StaffRole.parse(row.role),
        locationIds: row.location_ids,
      }
    : null
})

/** Whether who is signed in worked here once and does not any more. */
export async function hasLeft(): Promise<boolean> {
  const row = await ownStaffRow()
  return row !== null && !row.active
}

/** Whether this browser was signed in until its session was ended elsewhere. */
export async function sessionWasEnded(): Promise<boolean> {
  return carriesSession((await cookies()).getAll()) && !(await currentPerson())
}

const ownStaffRow = cache(async () => {
  const person = await currentPerson()
  if (!person) return null
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'staff',
    await client
      .from('staff')
      .select('user_id, name, email, role, location_ids, active')
      .eq('user_id', person.id)
      .limit(1),
  )
  return rows[0] ?? null
})

/** The signed-in user. Redirects everybody else to a sign-in page, the staff's by default, and back here afterwards. */
export async function requirePerson(
  at: '/staff/sign-in' | '/account/sign-in' = '/staff/sign-in',
): Promise<Person> {
  const person = await currentPerson()
  if (!person) redirect(`${at}?next=${encodeURIComponent(await askedPath())}` as Route)
  return person
}

/**
 * The staff member a staff page is rendered for. A signed-in user without the role is redirected to a page that
 * explains it. Row level security protects the data anyway; this is for usability.
 */
export async function requireStaff(minimum: StaffRole): Promise<StaffMember> {
  await requirePerson()
  const member = await currentStaff()
  if (!member || !roleReaches(member.role, minimum)) redirect('/staff/no-access' as Route)
  return member
}

/** Writes the session cookies, or says why not. Throws when Auth cannot be reached. */
export async function signInWithPassword({
  email,
  password,
}: SignInRequest): Promise<Result<Person, SignInRefusal>> {
  if (!(await takeTurn('sign_in', await attemptsOn(email))).ok) return refused('too_many_attempts')
  const client = await sessionClient(await clientAddress())
  const { data, error } = await inTime(client.auth.signInWithPassword({ email, password }), authMs)
  if (!error) return accepted({ id: data.user.id, email })
  const refusal = error.status === 429 ? 'too_many_attempts' : signInRefusal(error.code)
  if (!refusal) throw authFault('sign in', error)
  return refused(refusal)
}

/** Names the tries on one account from one network: nobody can lock the account's owner out from elsewhere. */
async function attemptsOn(email: string): Promise<string> {
  return createHash('sha256')
    .update(`${email.toLowerCase()} ${(await clientNetwork()) ?? ''}`)
    .digest('base64url')
}

/**
 * Makes an account and writes its session cookies; 'unconfirmed' where Auth first wants the address confirmed by the link
 * it has sent. Throws when Auth cannot be reached.
 */
export async function makeAccount({
  email,
  password,
}: SignUpRequest): Promise<Result<'signed_in' | 'unconfirmed', SignUpRefusal>> {
  if (!(await takeTurn('sign_up')).ok) return refused('too_many_attempts')
  const client = await sessionClient(await clientAddress())
  const { data, error } = await inTime(client.auth.signUp({ email, password }), authMs)
  if (!error) return accepted(data.session ? 'signed_in' : 'unconfirmed')
  const refusal = error.status === 429 ? 'too_many_attempts' : signUpRefusal(error.code)
  if (!refusal) throw authFault('sign up', error)
  return refused(refusal)
}

/** Ends this session and removes its cookies. Other devices stay signed in. */
export async function endSession(): Promise<void> {
  const { error } = await inTime((await sessionClient()).auth.signOut({ scope: 'local' }), authMs)
  if (error) throw authFault('sign out', error)
}

/**
 * The access token of this session, for the live connection of staff pages; null once it has ended. Never the refresh
 * token. Throws `Unavailable` when Auth cannot be reached.
 */
export async function currentAccessToken(): Promise<string | null> {
  if (!carriesSession((await cookies()).getAll())) return null
  const { data, error } = await inTime((await sessionClient()).auth.getSession(), authMs)
  if (error && isOutage(error)) throw authFault('access token', error)
  return data.session?.access_token ?? null
}
