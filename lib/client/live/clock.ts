'use client'

/**
 * Milliseconds that never run backwards and continue while the machine sleeps: of the two clocks of a
 * browser, whichever moved more since the last reading. A corrected wall clock can only make ages too long, which
 * ends with the next confirmation; a wrong one does not matter.
 */
export function createClock(monotonic = () => performance.now(), wall = () => Date.now()): () => number {
  let [lastMonotonic, lastWall, elapsed] = [monotonic(), wall(), 0]
  return () => {
    const [nowMonotonic, nowWall] = [monotonic(), wall()]
    elapsed += Math.max(0, nowMonotonic - lastMonotonic, nowWall - lastWall)
    lastMonotonic = nowMonotonic
    lastWall = nowWall
    return elapsed
  }
}

/** The clock of this page: every age and deadline of the live layer is measured on it. */
export const now = createClock()
