import { clock } from './till'
import { everyMs, type Glance } from './verdict'

export interface Witness {
  readonly glances: readonly Glance[]
  leave(): void
}

/**
 * The units left, as a page shows them. Where a page shows them twice, the oldest number counts, which is the highest:
 * they only ever fall. Null while one of them is missing.
 */
export function leftOn(page: Element): number | null {
  const said = [...(page.textContent ?? '').matchAll(/(\d+|unknown) left|Sold out/g)]
  const left = Math.max(...said.map(([, units = 0]) => Number(units)))
  return Number.isFinite(left) ? left : null
}

/** Watches any page that writes "N left": it knows nothing of how the page comes by it. */
export function watch(page: Element, slept: () => number): Witness {
  const glances: Glance[] = []
  function look(): void {
    glances.push({
      at: clock(),
      slept: slept(),
      left: leftOn(page),
      isDoubted: page.querySelector('[data-uncertain]') !== null,
      isVisible: document.visibilityState === 'visible',
    })
  }
  const looking = setInterval(look, everyMs)
  const observer = new MutationObserver(look)
  observer.observe(page, { childList: true, characterData: true, attributes: true, subtree: true })
  look()
  return {
    glances,
    leave() {
      clearInterval(looking)
      observer.disconnect()
    },
  }
}
