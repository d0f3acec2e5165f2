'use client'

import { usePathname, useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useOptimistic,
  useRef,
  useState,
} from 'react'
import { useSameEverywhere } from '@/lib/client/hooks/use-same-everywhere'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Cart } from '@/lib/domain/cart/cart'
import { countOf } from '@/lib/domain/cart/cart-sums'
import { unitsOf } from './cart-query'

/** The cart of this shopper; undefined while it is not known, null where there is none. */
type Known = Cart | null | undefined

interface OwnCart {
  cart: Known
  /** Null while the cart is not known. */
  units: number | null
  /** Counts units in at once, until the transition that puts them into the cart is over. */
  countAhead: (by: number) => void
  /** Takes the cart that an action or a page has brought. */
  learn: (cart: Cart | null) => void
}

const OwnCartContext = createContext<OwnCart>({
  cart: undefined,
  units: null,
  countAhead: () => undefined,
  learn: () => undefined,
})

/** Pages that are rendered for one person. Between them the person, and with them the cart, may change. */
const personal = /^\/(account|cart|checkout|orders)\b/

/**
 * Lets everything inside know, and change ahead of the answer, what this shopper has in the cart: pages are the same for
 * everybody, so the browser asks for it. Live, so in all tabs and on all devices of a shopper alike.
 */
export function OwnCartProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const path = usePathname()
  const place = personal.test(path) ? path : ''
  const [cart, setCart] = useState<Known>()
  const asked = useRef(0)

  function learn(fresh: Cart | null): void {
    asked.current += 1
    setCart(fresh)
  }

  async function refresh(): Promise<void> {
    asked.current += 1
    const now = asked.current
    const fresh: Known = await fetch('/cart/own')
      .then((response) => (response.ok ? response.json() : undefined))
      .catch(() => undefined)
    // Left as it is where it cannot be read, or where a newer one came first.
    if (fresh !== undefined && now === asked.current) setCart(fresh)
  }

  const load = useEffectEvent(refresh)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person may have come with another place
  useEffect(() => void load(), [place])

  const known = useMemo(() => [countOf(cart ?? null)].filter((count) => count !== null), [cart])
  const [first = null] = known
  const { rows } = useLiveQuery(unitsOf(first?.cart_id ?? ''), known, first !== null)
  const now = rows[0] ?? first
  useSameEverywhere(
    cart ? `${cart.cart_id} ${cart.version} ${cart.lines.map(({ held }) => held)}` : null,
    now !== null && first !== null && now.version > first.version,
    () => {
      void refresh()
      if (place) router.refresh()
    },
  )
  // As a number, not as a step: the database may say the new one before the answer comes.
  const [units, countUnits] = useOptimistic(now?.units ?? (cart === undefined ? null : 0))
  const countAhead = (by: number) => countUnits(units === null ? null : Math.max(0, units + by))
  return <OwnCartContext value={{ cart, units, countAhead, learn }}>{children}</OwnCartContext>
}

export function useOwnCart(): OwnCart {
  return use(OwnCartContext)
}
