import type { Page } from '@playwright/test'

export interface Frames {
  perSecond: number
}

/** Rows of a copy: further than anybody scrolls here. */
const copied = 400

/**
 * How many frames a page paints while somebody scrolls down its list without a pause, loading what follows.
 *
 * @param pixelsPerMs how fast to scroll. By elapsed time, so that a dropped frame shows as a longer step.
 */
export async function scrollThrough(page: Page, pixelsPerMs: number, ms = 6_000): Promise<Frames> {
  // As text, because a compiler's helpers do not exist in the page.
  const painted = await page.evaluate<number>(`new Promise((resolve) => {
    window.scrollTo(0, 0)
    const start = performance.now()
    let last = start
    let frames = 0
    requestAnimationFrame(function frame(now) {
      frames += 1
      window.scrollBy(0, (now - last) * ${pixelsPerMs})
      last = now
      if (now - start < ${ms}) requestAnimationFrame(frame)
      else resolve(frames)
    })
  })`)
  return { perSecond: painted / (ms / 1_000) }
}

/**
 * The same rows as plain HTML, all of them there and no script: what this machine can paint at most. Once the rows have
 * settled, so that the copy has all that theirs have.
 */
export async function withoutScripts(page: Page): Promise<Page> {
  const html = await page.evaluate<string>(`(() => {
    const copy = document.documentElement.cloneNode(true)
    for (const script of copy.querySelectorAll('script, link[as=script]')) script.remove()
    const base = document.createElement('base')
    base.href = location.href
    copy.querySelector('head').prepend(base)
    const table = copy.querySelector('table')
    const rows = [...table.querySelectorAll('tbody[data-index]')]
    for (const body of table.querySelectorAll('tbody')) body.remove()
    for (let row = 0; row < ${copied}; row += 1) table.append(rows[row % rows.length].cloneNode(true))
    return copy.outerHTML
  })()`)
  const still = await page.context().newPage()
  await still.setContent(`<!doctype html>${html}`, { waitUntil: 'load' })
  return still
}
