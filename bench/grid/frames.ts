import type { Page } from '@playwright/test'

export interface Frames {
  perSecond: number
}

/** How many frames the page paints while nothing happens: what this machine can do. */
export function frames(page: Page, ms: number): Promise<Frames> {
  return count(page, ms, 0)
}

/** How many it paints while somebody scrolls down its list without a pause, loading what follows. */
export function scrollThrough(page: Page, ms: number): Promise<Frames> {
  return count(page, ms, 3)
}

/**
 * As text, because a compiler's helpers do not exist in the page.
 *
 * @param pixelsPerMs how fast to scroll. By elapsed time, so that a dropped frame shows as a longer step.
 */
async function count(page: Page, ms: number, pixelsPerMs: number): Promise<Frames> {
  const painted = await page.evaluate<number>(`new Promise((resolve) => {
    const start = performance.now()
    let last = start
    let frames = 0
    requestAnimationFrame(function frame(now) {
      frames += 1
      if (${pixelsPerMs} > 0) window.scrollBy(0, (now - last) * ${pixelsPerMs})
      last = now
      if (now - start < ${ms}) requestAnimationFrame(frame)
      else resolve(frames)
    })
  })`)
  return { perSecond: painted / (ms / 1_000) }
}
