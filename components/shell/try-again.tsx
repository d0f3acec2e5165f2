'use client'

/** Renders a `<button>` that tries what failed once more. */
export function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mt-6 min-h-11 rounded-small bg-action px-5 py-2 text-body text-on-action hover:opacity-90"
    >
      Try again
    </button>
  )
}
