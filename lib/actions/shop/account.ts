'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { localPath } from '@/lib/domain/core/local-path'
import { type Result, refused } from '@/lib/domain/core/result'
import { type ErasureAttempt, ErasureRequest } from '@/lib/domain/people/account-erasure'
import { type SignInAttempt, type SignInRefusal, SignInRequest } from '@/lib/domain/people/sign-in'
import { type SignUpAttempt, SignUpRequest, shortestPassword } from '@/lib/domain/people/sign-up'
import { adoptCart } from '@/lib/server/cart/carts'
import { defineForm } from '@/lib/server/forms/define-form'
import { leaveFlash } from '@/lib/server/http/flash'
import { adoptOrder } from '@/lib/server/orders/orders'
import { eraseOwnAccount } from '@/lib/server/session/account-erasure'
import { currentPerson, endSession, makeAccount, signInWithPassword } from '@/lib/server/session/session'

// Accounts of shoppers. Each form leads to another page, or back to its own with a message.

export const signInToShop = defineForm<SignInRequest, Result<never, SignInRefusal>>({
  least: 'anybody',
  schema: SignInRequest,
  async run(request, form) {
    const signedIn = await signInWithPassword(request)
    return signedIn.ok ? leadOn(form) : signedIn
  },
  refuse: () => refused('details_missing'),
  leave: (answer, form): SignInAttempt | null =>
    answer.ok ? null : { refusal: answer.error, email: typed(form) },
})

export const signUp = defineForm<SignUpRequest, Result<never, SignUpAttempt['ended']>>({
  least: 'anybody',
  schema: SignUpRequest,
  async run(request, form) {
    const made = await makeAccount(request)
    if (!made.ok) return made
    return made.data === 'signed_in' ? leadOn(form) : refused('unconfirmed')
  },
  refuse: (_, form) => {
    const { length } = String(form.get('password') ?? '')
    return refused(length > 0 && length < shortestPassword ? 'password_too_short' : 'details_missing')
  },
  leave: (answer, form): SignUpAttempt | null =>
    answer.ok ? null : { ended: answer.error, email: typed(form) },
})

export async function signOutOfShop(): Promise<void> {
  await endSession()
  redirect('/')
}

/** Puts a guest's order into the account of the signed-in shopper. */
export const keepOrder = defineForm({
  least: 'anybody',
  schema: z.object({ order_id: z.guid() }),
  run: ({ order_id }) => adoptOrder(order_id),
})

/** Deletes the account of the signed-in shopper and ends their session. */
export const deleteAccount = defineForm<
  z.infer<typeof ErasureRequest>,
  Result<never, ErasureAttempt['refusal']>
>({
  least: 'anybody',
  schema: ErasureRequest,
  async run({ idempotency_key }) {
    if (!(await currentPerson())) redirect('/account/sign-in')
    const erased = await eraseOwnAccount(idempotency_key)
    if (!erased.ok) {
      if (erased.error.code === 'last_manager') return refused('last_manager')
      throw new Error(`delete account: ${erased.error.code}`)
    }
    await endSession()
    await leaveFlash(erased.data, '/account/sign-in')
    redirect('/account/sign-in')
  },
  refuse: () => refused('not_confirmed'),
  leave: (answer): ErasureAttempt | null => (answer.ok ? null : { refusal: answer.error }),
})

/** Leads where the shopper was going; to the cart first when joining two carts left fewer units than both had. */
async function leadOn(form: FormData): Promise<never> {
  const adopted = await adoptCart()
  if (!adopted || adopted.fewer.length === 0) redirect(localPath(form.get('next'), '/account') as Route)
  await leaveFlash(adopted, '/cart')
  redirect('/cart')
}

function typed(form: FormData): string {
  return String(form.get('email') ?? '').slice(0, 254)
}
