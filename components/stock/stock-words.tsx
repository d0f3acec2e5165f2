'use client'

import { type Ref, useState } from 'react'
import type { Stock } from '@/lib/domain/shelf'
import styles from './stock-words.module.css'
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
  const [shown, setShown] = useState({ words, changes: 0 })
  if (shown.words !== words) setShown({ words, changes: shown.changes + 1 })
  return (
    <span
      ref={ref}
      data-band={stock.band}
      data-uncertain={isUncertain || undefined}
      className="figures inline-block min-w-[7.5em] data-[band=in]:text-in data-[band=low]:text-low data-[band=out]:text-out data-[band=unlisted]:text-out data-uncertain:text-soft! data-uncertain:italic"
    >
      <span key={shown.changes} className={`rounded-small ${shown.changes > 0 ? styles.changed : ''}`}>
        {words}
      </span>
    </span>
  )
}
