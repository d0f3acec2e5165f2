/** Strokes of one gate are this far apart; the fifth crosses the four before it. */
const STEP = 7

/** A number in groups of five strokes, the fifth across the others. Renders an `<svg>`; decoration only. */
export function Tally({ count, className }: { count: number; className?: string }) {
  const strokes = Array.from({ length: count }, (_, i) => {
    const gate = Math.floor(i / 5) * STEP * 5.6
    const x = 5 + gate + (i % 5) * STEP
    return i % 5 === 4 ? `M${gate + 1} 19L${gate + 30} 5` : `M${x} 3L${x - 1} 21`
  })
  const width =
    Math.max(1, Math.ceil(count / 5)) * STEP * 5.6 - (count % 5 === 0 ? 6 : (5 - (count % 5)) * STEP)
  return (
    <svg viewBox={`0 0 ${Math.max(10, width)} 24`} className={className} aria-hidden="true" height="24">
      <path d={strokes.join('')} fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  )
}
