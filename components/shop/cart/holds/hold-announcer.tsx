'use client'

import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { minutesToAnnounce } from '@/lib/domain/cart/hold-time'
import { holdAnnouncerWords } from './words'

/** Tells a screen reader, five, two and one minutes before, that a hold runs out. Renders a hidden live region. */
export function HoldAnnouncer({ heldForMs, asOf }: { heldForMs: number; asOf: string }) {
  const left = useCountdown(heldForMs, asOf)
  const minutes = left === null || heldForMs <= 0 ? null : minutesToAnnounce(left)
  return (
    <p role="status" className="sr-only">
      {minutes === 0 && holdAnnouncerWords.aReservationHasExpiredYou}
      {minutes !== null &&
        minutes > 0 &&
        holdAnnouncerWords.yourItemsAreReservedFor(
          minutes === 1 ? holdAnnouncerWords.oneMoreMinute : holdAnnouncerWords.moreMinutes(minutes),
        )}
    </p>
  )
}
