'use client'

import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { clockFace, wholeMinutes } from '@/lib/domain/cart/hold-time'
import { holdClockWords } from './words'

/**
 * How much longer something is held: whole minutes as rendered, counted down where JavaScript runs. Renders a
 * `<span>` of constant width; `data-over` once it has run out, `data-soon` in the last two minutes.
 */
export function HoldClock({ heldForMs, asOf }: { heldForMs: number; asOf: string }) {
  const left = useCountdown(heldForMs, asOf)
  const leftMs = left ?? heldForMs
  const minutes = wholeMinutes(leftMs)
  return (
    <span
      data-over={leftMs <= 0 || undefined}
      data-soon={leftMs <= 120_000 || undefined}
      className="figures data-soon:text-low"
    >
      {leftMs <= 0 ? (
        <span>{holdClockWords.noLongerReservedForYou}</span>
      ) : (
        <span key="held">
          {holdClockWords.reservedForYou}{' '}
          <span className="inline-block min-w-[5ch]">
            {left === null ? (minutes < 1 ? 'under 1 min' : holdClockWords.min(minutes)) : clockFace(left)}
          </span>
        </span>
      )}
    </span>
  )
}
