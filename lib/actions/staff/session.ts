'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { localPath } from '@/lib/domain/core/local-path'
import { refused } from '@/lib/domain/core/result'
import { type SignInAttempt, type SignInRefusal, SignInRequest } from '@/lib/domain/people/sign-in'
import { adoptCart } from '@/lib/server/cart/carts'
import { leaveFlash } from '@/lib/server/http/flash'
import { shopperDoor } from '@/lib/server/session/doors'
import { currentAccessToken, endSession, signInWithPassword } from '@/lib/server/session/session'

/** Leads to the page that was asked for, or back to the form, which then says why not. */
export async function signIn(form: FormData): Promise<void> {
  const request = shopperDoor(form).ok ? SignInRequest.safeParse(Object.fromEntries(form)) : null
  const next = localPath(form.get('next'), '/staff')
  const signedIn = request?.success
    ? await signInWithPassword(request.data)
    : refused<SignInRefusal>('details_missing')
  if (signedIn.ok) {
    await adoptCart()
    redirect(next as Route)
  }

  await leaveFlash({
    refusal: signedIn.error,
    email: String(form.get('email') ?? '').slice(0, 254),
  } satisfies SignInAttempt)
  redirect(`/staff/sign-in?next=${encodeURIComponent(next)}` as Route)
}

export async function signOut(): Promise<void> {
  await endSession()
  redirect('/staff/sign-in')
}

/** What a staff page's live connection speaks with. proxy.ts has refreshed it before this runs. */
export async function accessToken(): Promise<string | null> {
  return currentAccessToken()
}
