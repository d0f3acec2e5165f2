import 'server-only'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AuthError } from '@supabase/supabase-js'
import { cookies, headers } from 'next/headers'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type {
  AddressChange,
  ConfirmRequest,
  CredentialsRefusal,
  PasswordChange,
  ResetRequest,
} from '@/lib/domain/people/credentials'
import { cameOverHttps } from '@/lib/server/http/request'
import { clientAddress } from '@/lib/server/network/client-network'
import { takeTurn } from '@/lib/server/network/limits'
import { secretKey } from '@/lib/server/platform/env'
import { passingClient, sessionClient } from '@/lib/server/platform/supabase'
import { inTime } from '@/lib/server/resilience/in-time'
import { authFault, authMs, isOutage, type Person } from './session'

type Changed<Data> = Promise<Result<Data, CredentialsRefusal>>

/**
 * Has Auth mail a link to this address: to choose a new password, or to confirm the address. The answer is the same whether
 * the address has an account, and so is the limit.
 */
export async function mailLink(kind: 'reset' | 'confirm', email: string): Changed<null> {
  const mailbox = createHash('sha256').update(`${kind} ${email.toLowerCase()}`).digest('base64url')
  if (!(await takeTurn('mail_link', mailbox)).ok) return refused('too_many_attempts')
  const { auth } = passingClient(await clientAddress())
  const sent: Promise<{ error: AuthError | null }> =
    kind === 'reset' ? auth.resetPasswordForEmail(email) : auth.resend({ type: 'signup', email })
  const { error } = await inTime(sent, authMs)
  if (error && isOutage(error)) throw authFault('mail a link', error)
  return accepted(null)
}

/** Sets a new password by the link of an e-mail, and signs in here and out elsewhere. */
export async function resetPassword({ token, password }: ResetRequest): Changed<null> {
  if (!(await takeTurn('account')).ok) return refused('too_many_attempts')
  const client = await sessionClient(await clientAddress())
  const opened = await inTime(client.auth.verifyOtp({ type: 'recovery', token_hash: token }), authMs)
  if (opened.error && isOutage(opened.error)) throw authFault('open a link', opened.error)
  // The link works once. Where Auth then refused the password, the same page may send another one.
  const userId = opened.data?.user?.id ?? (await userOfUsedLink(token))
  if (!userId) return refused('link_ended')
  const changed = await setPassword(password)
  if (changed.ok) await forgetUsedLink()
  else await rememberUsedLink(token, userId)
  return changed
}

export async function changePassword(person: Person, request: PasswordChange): Changed<null> {
  const known = await confirmPassword(person, request.current)
  return known.ok ? setPassword(request.password) : known
}

/**
 * Asks both mailboxes to confirm a new address. The answer is the same where the address has another account: Auth then
 * mails nothing.
 */
export async function changeAddress(person: Person, { email, current }: AddressChange): Changed<null> {
  const known = await confirmPassword(person, current)
  if (!known.ok) return known
  const { error } = await inTime((await sessionClient()).auth.updateUser({ email }), authMs)
  if (error && isOutage(error)) throw authFault('change address', error)
  return accepted(null)
}

/** Confirms an address by the link of an e-mail; 'approved' where the other mailbox has to confirm, too. Signs nobody in. */
export async function confirmAddress({ token, type }: ConfirmRequest): Changed<'confirmed' | 'approved'> {
  if (!(await takeTurn('account')).ok) return refused('too_many_attempts')
  const { auth } = passingClient(await clientAddress())
  const { data, error } = await inTime(auth.verifyOtp({ type, token_hash: token }), authMs)
  if (error && isOutage(error)) throw authFault('confirm an address', error)
  if (error) return refused('link_ended')
  if (data.session) await auth.signOut({ scope: 'local' })
  return accepted(data.session ? 'confirmed' : 'approved')
}

/** Whether this is the password of the signed-in person: an unlocked device alone changes no account. */
async function confirmPassword({ id, email }: Person, password: string): Changed<null> {
  if (!(await takeTurn('account', id)).ok) return refused('too_many_attempts')
  const { auth } = passingClient(await clientAddress())
  const { error } = await inTime(auth.signInWithPassword({ email, password }), authMs)
  if (!error) {
    await auth.signOut({ scope: 'local' })
    return accepted(null)
  }
  if (isOutage(error)) throw authFault('confirm a password', error)
  return refused(error.status === 429 ? 'too_many_attempts' : 'password_wrong')
}

async function setPassword(password: string): Changed<null> {
  const { auth } = await sessionClient()
  const { error } = await inTime(auth.updateUser({ password }), authMs)
  if (error && !isSamePassword(error)) {
    if (isOutage(error)) throw authFault('set a password', error)
    return refused('password_too_weak')
  }
  await inTime(auth.signOut({ scope: 'others' }), authMs)
  return accepted(null)
}

/** The password that was typed is the one there is: nothing is left to do. */
const isSamePassword = (error: AuthError) => error.code === 'same_password'

// A used link --------------------------------------------------------------------------------------------------------

const usedLink = 'used-link'
const usedLinkSeconds = 600

const proofOf = (token: string, userId: string) =>
  createHmac('sha256', secretKey()).update(`used link ${userId} ${token}`).digest('base64url')

async function rememberUsedLink(token: string, userId: string): Promise<void> {
  const secure = cameOverHttps(await headers())
  const options = { httpOnly: true, sameSite: 'lax', secure, maxAge: usedLinkSeconds } as const
  ;(await cookies()).set(usedLink, proofOf(token, userId), options)
}

async function forgetUsedLink(): Promise<void> {
  ;(await cookies()).delete(usedLink)
}

/** The signed-in user, where this browser has used this very link a moment ago. */
async function userOfUsedLink(token: string): Promise<string | null> {
  const sent = Buffer.from((await cookies()).get(usedLink)?.value ?? '')
  const { data } = await inTime((await sessionClient()).auth.getUser(), authMs)
  if (!data.user) return null
  const proof = Buffer.from(proofOf(token, data.user.id))
  return sent.length === proof.length && timingSafeEqual(sent, proof) ? data.user.id : null
}
