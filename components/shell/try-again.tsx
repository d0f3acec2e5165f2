'use client'

import { tryAgainWords } from './words'

export const primaryAction =
  'mt-6 min-h-11 rounded-small bg-action px-5 py-2 text-body text-on-action hover:opacity-90'

/** Renders a `<button>` that tries what failed once more. */
export function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={primaryAction}>
      {tryAgainWords.tryAgain}
    </button>
  )
}
