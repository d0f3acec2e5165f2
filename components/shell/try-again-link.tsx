'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { largePrimaryButton } from '@/components/ui/looks'
import { tryAgainLinkWords } from './words'

/** Loads this page again, also without JavaScript. Renders an `<a>`. */
export function TryAgainLink() {
  const [path, query] = [usePathname(), useSearchParams().toString()]
  return (
    <a href={query ? `${path}?${query}` : path} className={`${largePrimaryButton} mt-6`}>
      {tryAgainLinkWords.tryAgain}
    </a>
  )
}
