'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { localPath } from '@/lib/domain/core/local-path'
import { type Result, refused } from '@/lib/domain/core/result'
import { type SignInAttempt, type SignInRefusal, SignInRequest } from '@/lib/domain/people/sign-in'
import { adoptCart } from '@/lib/server/cart/carts'
import { defineForm } from '@/lib/server/forms/define-form'
import { currentAccessToken, endSession, signInWithPassword } from '@/lib/server/session/session'

/** Leads to the page that was asked for, or back to the form with the reason. */
export const signIn = defineForm<SignInRequest, Result<never, SignInRefusal>>({
  least: 'anybody',
  schema: SignInRequest,
  async run(request) {
    const signedIn = await signInWithPassword(request)
    if (!signedIn.ok) return signedIn
    await adoptCart()
    redirect(localPath(request.next, '/staff') as Route)
  },
  refuse: () => refused('details_missing'),
  leave: (answer, form): SignInAttempt | null =>
    answer.ok ? null : { refusal: answer.error, email: String(form.get('email') ?? '').slice(0, 254) },
})

export async function signOut(): Promise<void> {
  await endSession()
  redirect('/staff/sign-in')
}

/** The access token of a staff page's live connection. proxy.ts has refreshed it before this runs. */
export async function accessToken(): Promise<string | null> {
  return currentAccessToken()
}
