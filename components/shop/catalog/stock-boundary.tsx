'use client'

import { unstable_rethrow, useRouter } from 'next/navigation'
import { Component, type ReactNode, startTransition } from 'react'
import { stockBoundaryWords } from './words'

/**
 * Limits an error of a stock number to its place: shows a message and tries again on request. By hand, since the
 * error page of Next is larger than all texts of the shop.
 */
export function StockBoundary({ children }: { children: ReactNode }) {
  const router = useRouter()
  return <Boundary refresh={router.refresh}>{children}</Boundary>
}

interface Props {
  refresh: () => void
  children: ReactNode
}

class Boundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(cause: unknown) {
    // A redirect is for Next to handle.
    unstable_rethrow(cause)
    return { hasFailed: true }
  }

  retry = () => {
    startTransition(() => {
      this.props.refresh()
      this.setState({ hasFailed: false })
    })
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <button type="button" onClick={this.retry} className="underlined relative z-10 text-soft">
        {stockBoundaryWords.stockUnknownTryAgain}
      </button>
    )
  }
}
