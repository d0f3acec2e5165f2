import { type ReactNode, Suspense } from 'react'
import { StockBoundary } from './stock-boundary'

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
      Counting …<noscript> reload to see stock</noscript>
    </span>
  )
}
