'use client'

import { type Ref, useState } from 'react'
import type { Stock } from '@/lib/domain/stock/shelf'
import styles from './stock-words.module.css'
import { stockWords, stockWordsWords } from './words'

/**
 * Words about a stock that light up for a moment when they change, behind a dot that is filled while they are live.
 * Renders a `<span>` of constant width.
 */
export function StockWords({
  stock,
  isLive,
  isUncertain,
  ref,
}: {
  stock: Stock
  isLive: boolean
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
      data-live={isLive || undefined}
      data-uncertain={isUncertain || undefined}
      className="group/stock figures inline-block min-w-[8.5em] data-[band=in]:text-in data-[band=low]:text-low data-[band=out]:text-out data-[band=unlisted]:text-out data-uncertain:text-soft! data-uncertain:italic"
    >
      <span
        aria-hidden="true"
        className="me-[0.5em] inline-block size-[0.5em] rounded-full border border-current align-[0.08em] group-data-live/stock:bg-current"
      />
      <span key={shown.changes} className={`rounded-small ${shown.changes > 0 ? styles.changed : ''}`}>
        {words}
      </span>
    </span>
  )
}

/** The place of a stock that could not be read. Renders a `<span>` of the same width. */
export function StockUnknown({ ref }: { ref?: Ref<HTMLSpanElement> }) {
  return (
    <span ref={ref} className="inline-block min-w-[8.5em] text-soft italic">
      {stockWordsWords.stockCannotBeConfirmed}
    </span>
  )
}
