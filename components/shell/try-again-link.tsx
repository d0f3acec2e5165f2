'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { primaryAction } from '@/components/shell/try-again'
import { tryAgainLinkWords } from './words'

/** Loads this page again, also without JavaScript. Renders an `<a>`. */
export function TryAgainLink() {
  const [path, query] = [usePathname(), useSearchParams().toString()]
  return (
    <a href={query ? `${path}?${query}` : path} className={`${primaryAction} inline-block`}>
      {tryAgainLinkWords.tryAgain}
    </a>
  )
}
