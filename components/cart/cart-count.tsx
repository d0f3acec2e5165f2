'use client'

import { createContext, type ReactNode, use, useOptimistic } from 'react'

interface CartCount {
  units: number
  /** Counts units in at once, until the transition that puts them into the cart is over. */
  foresee: (by: number) => void
}

const CartCountContext = createContext<CartCount>({ units: 0, foresee: () => undefined })

/** Lets everything inside know, and change ahead of the answer, how many units are in the cart. */
export function CartCountProvider({ units, children }: { units: number; children: ReactNode }) {
  const [shown, foresee] = useOptimistic(units, (count, by: number) => Math.max(0, count + by))
  return <CartCountContext value={{ units: shown, foresee }}>{children}</CartCountContext>
}

export function useCartCount(): CartCount {
  return use(CartCountContext)
}
