import { clock } from './till'
import { everyMs, type Glance } from './verdict'

export interface Witness {
  readonly glances: readonly Glance[]
  leave(): void
}

/** Watches any page that writes "N left": it knows nothing of how the page comes by it. */
export function watch(page: Element, slept: () => number): Witness {
  const glances: Glance[] = []
  function look(): void {
    const said = /(\d+) left/.exec(page.textContent ?? '')
    glances.push({
      at: clock(),
      slept: slept(),
      left: said ? Number(said[1]) : page.textContent?.includes('Sold out') ? 0 : null,
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
