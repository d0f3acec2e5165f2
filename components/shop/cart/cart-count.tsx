'use client'

import { createContext, type ReactNode, use, useMemo, useOptimistic } from 'react'
import { useSameEverywhere } from '@/lib/client/hooks/use-same-everywhere'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { CartCount } from '@/lib/domain/cart/cart-count'
import { countOf } from './cart-query'

interface Counted {
  /** Null while the cart cannot be read. */
  units: number | null
  /** Counts units in at once, until the transition that puts them into the cart is over. */
  foresee: (by: number) => void
}

const CartCountContext = createContext<Counted>({ units: 0, foresee: () => undefined })

/**
 * Lets everything inside know, and change ahead of the answer, how many units are in the cart: live, so in all tabs and
 * on all devices of a shopper alike.
 *
 * @param first the cart as it was rendered; null where there is none or it could not be read.
 * @param stamp stands for all that was rendered of it.
 * @param isKnown whether the cart could be read.
 */
export function CartCountProvider({
  first,
  stamp,
  isKnown,
  children,
}: {
  first: CartCount | null
  stamp: string | null
  isKnown: boolean
  children: ReactNode
}) {
  const rendered = useMemo(() => (first ? [first] : []), [first])
  const { rows } = useLiveQuery(countOf(first?.cart_id ?? ''), rendered, first !== null)
  const now = rows[0] ?? first
  useSameEverywhere(stamp, now !== null && first !== null && now.version > first.version)
  // As a number, not as a step: the database may say the new one before the answer comes.
  const [units, foreseeUnits] = useOptimistic(now?.units ?? (isKnown ? 0 : null))
  const foresee = (by: number) => foreseeUnits(units === null ? null : Math.max(0, units + by))
  return <CartCountContext value={{ units, foresee }}>{children}</CartCountContext>
}

export function useCartCount(): Counted {
  return use(CartCountContext)
}
