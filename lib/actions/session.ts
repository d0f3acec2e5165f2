'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { localPath } from '@/lib/domain/local-path'
import { type SignInRefusal, SignInRequest } from '@/lib/domain/sign-in'
import { currentAccessToken, endSession, signInWithPassword } from '@/lib/server/session'

/** What the form shows after a refused attempt: why, and the address as it was typed. */
export interface SignInAttempt {
  refusal: SignInRefusal
  email: string
}

export async function signIn(_last: SignInAttempt | null, form: FormData): Promise<SignInAttempt> {
  const request = SignInRequest.safeParse(Object.fromEntries(form))
  if (!request.success)
    return { refusal: { code: 'details_missing' }, email: String(form.get('email') ?? '') }
  const signedIn = await signInWithPassword(request.data)
  if (!signedIn.ok) return { refusal: signedIn.error, email: request.data.email }
  redirect(localPath(request.data.next, '/staff') as Route)
}

export async function signOut(): Promise<void> {
  await endSession()
  redirect('/staff/sign-in')
}

/** What a staff page's live connection speaks with. proxy.ts has refreshed it before this runs. */
export async function accessToken(): Promise<string | null> {
  return currentAccessToken()
}
