'use client'

import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { minutesToAnnounce } from '@/lib/domain/cart/hold-time'

/** Tells a screen reader, five, two and one minutes before, that a hold runs out. Renders a hidden live region. */
export function HoldAnnouncer({ heldForMs, asOf }: { heldForMs: number; asOf: string }) {
  const left = useCountdown(heldForMs, asOf)
  const minutes = left === null || heldForMs <= 0 ? null : minutesToAnnounce(left)
  return (
    <p role="status" className="sr-only">
      {minutes === 0 && 'A reservation has expired. You can reserve the items again in your cart.'}
      {minutes !== null &&
        minutes > 0 &&
        `Your items are reserved for ${minutes === 1 ? 'one more minute' : `${minutes} more minutes`}.`}
    </p>
  )
}
