'use client'

import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { minutesToAnnounce } from '@/lib/domain/cart/hold-time'
import { holdAnnouncerWords } from './words'

/** Tells a screen reader, five, two and one minutes before, that a hold runs out. Renders a hidden live region. */
export function HoldAnnouncer({ heldForMs, asOf }: { heldForMs: number; asOf: string }) {
  const left = useCountdown(heldForMs, asOf)
  const minutes = left === null || heldForMs <= 0 ? null : minutesToAnnounce(left)
  return (
    <VisuallyHidden as="p" role="status">
      {minutes !== null && announcement(minutes)}
    </VisuallyHidden>
  )
}

function announcement(minutes: number): string {
  const { aReservationHasExpiredYou, yourItemsAreReservedFor, oneMoreMinute, moreMinutes } =
    holdAnnouncerWords
  if (minutes === 0) return aReservationHasExpiredYou
  return yourItemsAreReservedFor(minutes === 1 ? oneMoreMinute : moreMinutes(minutes))
}
