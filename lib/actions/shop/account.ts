'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { localPath } from '@/lib/domain/core/local-path'
import { refused } from '@/lib/domain/core/result'
import { accountDoor } from '@/lib/domain/people/account-door'
import { type ErasureAttempt, ErasureRequest } from '@/lib/domain/people/account-erasure'
import { type SignInAttempt, type SignInRefusal, SignInRequest } from '@/lib/domain/people/sign-in'
import {
  type SignUpAttempt,
  type SignUpRefusal,
  SignUpRequest,
  shortestPassword,
} from '@/lib/domain/people/sign-up'
import { adoptCart } from '@/lib/server/cart/carts'
import { leaveFlash } from '@/lib/server/http/flash'
import { adoptOrder } from '@/lib/server/orders/orders'
import { eraseOwnAccount } from '@/lib/server/session/account-erasure'
import { shopperDoor } from '@/lib/server/session/doors'
import { currentPerson, endSession, makeAccount, signInWithPassword } from '@/lib/server/session/session'

// Accounts of people who shop. Every form is the same with and without JavaScript: it leads on, or back with words.

export async function signInToShop(form: FormData): Promise<void> {
  const request = shopperDoor(form).ok ? SignInRequest.safeParse(Object.fromEntries(form)) : null
  const signedIn = request?.success
    ? await signInWithPassword(request.data)
    : refused<SignInRefusal>('details_missing')
  if (signedIn.ok) await leadOn(form)
  else await leadBack('sign-in', form, { refusal: signedIn.error, email: typed(form) })
}

export async function signUp(form: FormData): Promise<void> {
  const request = shopperDoor(form).ok ? SignUpRequest.safeParse(Object.fromEntries(form)) : null
  const made = request?.success ? await makeAccount(request.data) : refused(whatIsMissing(form))
  if (made.ok && made.data === 'signed_in') await leadOn(form)
  else
    await leadBack('sign-up', form, {
      ended: made.ok ? 'unconfirmed' : made.error,
      email: typed(form),
    })
}

export async function signOutOfShop(): Promise<void> {
  await endSession()
  redirect('/')
}

/** Puts a guest's order into the account of who is signed in. The same without JavaScript. */
export async function keepOrder(form: FormData): Promise<void> {
  const order = shopperDoor(form).ok ? z.guid().safeParse(form.get('order_id')) : null
  if (order?.success) await adoptOrder(order.data)
  refresh()
}

/** Deletes the account of the signed-in person and ends their session. The same without JavaScript. */
export async function deleteAccount(form: FormData): Promise<void> {
  if (!(await currentPerson())) redirect('/account/sign-in')
  const request = shopperDoor(form).ok ? ErasureRequest.safeParse(Object.fromEntries(form)) : null
  if (!request?.success) return stayWith({ refusal: 'not_confirmed' })
  const erased = await eraseOwnAccount(request.data.idempotency_key)
  if (!erased.ok) {
    if (erased.error.code === 'last_manager') return stayWith({ refusal: 'last_manager' })
    throw new Error(`delete account: ${erased.error.code}`)
  }
  await endSession()
  await leaveFlash(erased.data, '/account/sign-in')
  redirect('/account/sign-in')
}

async function stayWith(attempt: ErasureAttempt): Promise<never> {
  await leaveFlash(attempt, '/account')
  redirect('/account')
}

/** To where the person was going; to the cart first when it became less than they had in two. */
async function leadOn(form: FormData): Promise<never> {
  const adopted = await adoptCart()
  if (!adopted || adopted.fewer.length === 0) redirect(localPath(form.get('next'), '/account') as Route)
  await leaveFlash(adopted, '/cart')
  redirect('/cart')
}

async function leadBack(
  door: 'sign-in' | 'sign-up',
  form: FormData,
  attempt: SignInAttempt | SignUpAttempt,
): Promise<never> {
  const page = accountDoor(door, localPath(form.get('next'), '/account'))
  await leaveFlash(attempt, page.split('?')[0])
  redirect(page as Route)
}

function whatIsMissing(form: FormData): SignUpRefusal {
  const length = String(form.get('password') ?? '').length
  return length > 0 && length < shortestPassword ? 'password_too_short' : 'details_missing'
}

function typed(form: FormData): string {
  return String(form.get('email') ?? '').slice(0, 254)
}
