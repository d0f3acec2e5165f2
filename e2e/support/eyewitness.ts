import type { Page } from '@playwright/test'
import { type Glance, judge, type Sale, type Verdict } from '@/tests/faults/support/verdict'

declare global {
  interface Window {
    glances: Glance[]
  }
}

/**
 * An observer that keeps reading the stock of the product a page shows, as `tests/faults` has them. Call it before
 * `goto`.
 */
export async function watchStock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.glances = []
    setInterval(() => {
      const badge = document.querySelector('main article')?.querySelector('[data-band]')
      const said = /(\d+) left/.exec(badge?.textContent ?? '')
      window.glances.push({
        at: Date.now(),
        slept: 0,
        left: said ? Number(said[1]) : badge?.textContent === 'Sold out' ? 0 : null,
        isDoubted: badge?.hasAttribute('data-uncertain') ?? false,
        isVisible: document.visibilityState === 'visible',
      })
    }, 20)
  })
}

/** Its glances, beside the sales, by the clock of this machine. */
export async function verdictOf(page: Page, sales: readonly Sale[], endedAt: number): Promise<Verdict> {
  return judge(await page.evaluate(() => window.glances), sales, endedAt)
}
