'use client'

import { type Ref, useEffect, useRef } from 'react'
import type { Stock } from '@/lib/domain/shelf'
import { stockWords } from './words'

/** Words about a stock that light up for a moment when they change. Renders a `<span>` of constant width. */
export function StockWords({
  stock,
  isUncertain,
  ref,
}: {
  stock: Stock
  isUncertain: boolean
  ref?: Ref<HTMLSpanElement>
}) {
  const words = stockWords(stock)
  const shown = useRef(words)
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (shown.current === words) return
    shown.current = words
    text.current?.animate([{ background: 'var(--color-sun)', color: 'var(--color-on-sun)' }, {}], {
      duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 900,
      easing: 'ease-out',
    })
  }, [words])
  return (
    <span
      ref={ref}
      data-band={stock.band}
      data-uncertain={isUncertain || undefined}
      className="figures inline-block min-w-[7.5em] data-[band=in]:text-in data-[band=low]:text-low data-[band=out]:text-out data-[band=unlisted]:text-out data-uncertain:text-soft data-uncertain:italic"
    >
      <span ref={text} className="rounded-small">
        {words}
      </span>
    </span>
  )
}
