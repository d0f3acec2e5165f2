import type { Page } from '@playwright/test'

/** Rows of a copy: further than anybody scrolls here. */
const copied = 400

const scrollMs = 6_000

/**
 * The frames a second that a page paints while a user scrolls down its list without a pause, loading more.
 *
 * A page that paints nothing more is given up after twice the time.
 *
 * @param pixelsPerMs how fast to scroll. By elapsed time, so that a dropped frame shows as a longer step.
 */
export async function framesPerSecond(page: Page, pixelsPerMs: number): Promise<number> {
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
      if (now - start < ${scrollMs}) requestAnimationFrame(frame)
      else resolve(frames)
    })
    setTimeout(() => resolve(frames), ${2 * scrollMs})
  })`)
  return painted / (scrollMs / 1_000)
}

/** The rows of a list as plain HTML, all of them there and no script. Once they have settled, so that nothing is missing. */
export async function plainCopy(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const copy = document.documentElement.cloneNode(true)
    for (const script of copy.querySelectorAll('script, link[as=script]')) script.remove()
    const base = document.createElement('base')
    base.href = location.href
    copy.querySelector('head').prepend(base)
    const table = copy.querySelector('table')
    const rows = [...table.querySelectorAll('tbody[data-index]')]
    for (const body of table.querySelectorAll('tbody')) body.remove()
    for (let row = 0; row < ${copied}; row += 1) table.append(rows[row % rows.length].cloneNode(true))
    return '<!doctype html>' + copy.outerHTML
  })()`)
}
