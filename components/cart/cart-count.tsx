'use client'

import { createContext, type ReactNode, use, useOptimistic } from 'react'
import { useSameInAllTabs } from '@/lib/client/use-same-in-all-tabs'

interface CartCount {
  units: number
  /** Counts units in at once, until the transition that puts them into the cart is over. */
  foresee: (by: number) => void
}

const CartCountContext = createContext<CartCount>({ units: 0, foresee: () => undefined })

/**
 * Lets everything inside know, and change ahead of the answer, how many units are in the cart; in all tabs of this
 * browser alike.
 *
 * @param stamp stands for the cart that was rendered; null where there is none or it could not be read.
 */
export function CartCountProvider({
  units,
  stamp,
  children,
}: {
  units: number
  stamp: string | null
  children: ReactNode
}) {
  useSameInAllTabs(stamp)
  const [shown, foresee] = useOptimistic(units, (count, by: number) => Math.max(0, count + by))
  return <CartCountContext value={{ units: shown, foresee }}>{children}</CartCountContext>
}

export function useCartCount(): CartCount {
  return use(CartCountContext)
}
