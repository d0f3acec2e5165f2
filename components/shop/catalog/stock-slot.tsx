import { type ReactNode, Suspense } from 'react'
import { StockBoundary } from './stock-boundary'
import { stockSlotWords } from './words'

/** The place of a live number: one line of constant size while it loads, and an honest word when it cannot. */
export function StockSlot({ children }: { children: ReactNode }) {
  return (
    <StockBoundary>
      <Suspense fallback={<Counting />}>{children}</Suspense>
    </StockBoundary>
  )
}

function Counting() {
  return (
    <span className="inline-block min-w-[7.5em] text-soft">
      {stockSlotWords.counting}
      <noscript> {stockSlotWords.reloadToSeeStock}</noscript>
    </span>
  )
}
