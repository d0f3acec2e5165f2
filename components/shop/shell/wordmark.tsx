/** The shop's name behind its sign: one gate of five strokes. Renders inline content. */
export function Wordmark({ name }: { name: string }) {
  return (
    <span className="display inline-flex items-center gap-[0.4em]">
      <svg viewBox="0 0 32 24" className="h-[0.82em] w-auto" aria-hidden="true">
        <path
          d="M6 2L5 22M13 2L12 22M20 2L19 22M27 2L26 22M1 18.5L31 5.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.7"
          strokeLinecap="round"
        />
      </svg>
      {name}
    </span>
  )
}
