'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { ChangeQuantity, MendLine } from '@/lib/domain/cart/cart-request'
import { addToCartForm, lineRefusal } from '@/lib/server/cart/add-to-cart'
import { changeQuantity, extendHold, mendLine } from '@/lib/server/cart/carts'
import { defineForm } from '@/lib/server/forms/define-form'

// Each answers with the cart it left behind. Those of the cart's own page render it again.

/** Without JavaScript it is a route (app/(shop)/cart/add), as decision 0017 says. */
export const addToCart = defineForm(addToCartForm)

/** More or fewer of a line, or what its repair offers instead. */
export const changeCartLine = defineForm({
  least: 'anybody',
  schema: z.union([MendLine, ChangeQuantity]),
  refreshes: true,
  run: async (asked) =>
    'repair' in asked ? mendLine(asked.repair, asked.idempotency_key) : changeQuantity(asked),
  leave: lineRefusal,
})

/** Reserves again what is no longer held, where units are left. */
export const extendCartHold = defineForm({
  least: 'anybody',
  schema: z.object({}),
  refreshes: true,
  run: extendHold,
})

/** Going to the checkout holds the cart again. */
export async function startCheckout(): Promise<void> {
  await extendHold()
  redirect('/checkout')
}
