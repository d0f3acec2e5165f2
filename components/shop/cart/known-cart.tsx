'use client'

import { useEffectEvent, useLayoutEffect } from 'react'
import type { Cart } from '@/lib/domain/cart/cart'
import { useOwnCart } from './own-cart'

/** Lets the header show the cart that a page has read, before the page is painted. Renders nothing. */
export function KnownCart({ cart }: { cart: Cart | null }) {
  const learn = useEffectEvent(useOwnCart().learn)
  useLayoutEffect(() => learn(cart), [cart])
  return null
}
