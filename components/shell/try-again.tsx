'use client'

import { largePrimaryButton } from '@/components/ui/looks'
import { tryAgainWords } from './words'

/** The button that tries again after an error. Renders a `<button>`. */
export function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={`${largePrimaryButton} mt-6`}>
      {tryAgainWords.tryAgain}
    </button>
  )
}
