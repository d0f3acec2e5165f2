'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { CardAccess } from '@/lib/domain/payments/card-payment'
import { loadStripe, type StripeBrowser, type StripeElements } from './stripe-script'

export interface CardElement {
  state: 'loading' | 'ready' | 'broken'
  stripe: StripeBrowser | null
  elements: StripeElements | null
}

const loading: CardElement = { state: 'loading', stripe: null, elements: null }

/**
 * Draws Stripe's Payment Element into a place of the page. This page's policy alone lets Stripe in, so a browser that came here
 * without loading the page (from checkout) loads it now.
 */
export function useCardElement(
  place: RefObject<HTMLDivElement | null>,
  { scriptUrl, publishableKey, clientSecret }: CardAccess,
): CardElement {
  const [card, setCard] = useState(loading)
  useEffect(() => {
    if (!isOwnDocument()) {
      window.location.reload()
      return
    }
    let isGone = false
    let element: ReturnType<StripeElements['create']> | null = null
    const start = async () => {
      const stripe = await loadStripe(scriptUrl, publishableKey)
      if (isGone || !place.current) return
      const elements = stripe.elements({ clientSecret, appearance: appearance() })
      element = elements.create('payment')
      element.on('ready', () => setCard({ state: 'ready', stripe, elements }))
      element.on('loaderror', () => setCard({ ...loading, state: 'broken' }))
      element.mount(place.current)
    }
    start().catch(() => setCard({ ...loading, state: 'broken' }))
    return () => {
      isGone = true
      element?.destroy()
    }
  }, [place, scriptUrl, publishableKey, clientSecret])
  return card
}

/** Whether the document was loaded from the address it shows. */
function isOwnDocument(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return !navigation || new URL(navigation.name).pathname === window.location.pathname
}

function appearance(): object {
  const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  return { theme: isDark ? 'night' : 'stripe', variables: { fontSizeBase: '16px' } }
}
