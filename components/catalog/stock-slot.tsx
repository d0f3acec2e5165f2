import { type ReactNode, Suspense } from 'react'
import { ErrorBoundary } from '@/components/ui/error-boundary'

const line = 'inline-block min-w-[7.5em] text-soft'

/** The place of a live number: one line of constant size while it loads, and an honest word when it cannot. */
export function StockSlot({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={<span className={line}>Stock unknown right now</span>}>
      <Suspense fallback={<span className={line}>Counting …</span>}>{children}</Suspense>
    </ErrorBoundary>
  )
}
