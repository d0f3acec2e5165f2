/** The remaining time of a hold, as a clock shows it: "9:41". Never below zero; the last second counts as one. */
export function clockFace(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Whole minutes that are surely left, for a page that cannot count down. */
export function wholeMinutes(leftMs: number): number {
  return Math.max(0, Math.floor(leftMs / 60_000))
}

/** The remaining minutes at which an expiring hold is announced. */
const worthAWord = [5, 2, 1]

/** The last of those minutes that has begun: null while there is plenty of time, 0 once the hold has run out. */
export function minutesToAnnounce(leftMs: number): number | null {
  if (leftMs <= 0) return 0
  return worthAWord.findLast((minutes) => leftMs <= minutes * 60_000) ?? null
}
