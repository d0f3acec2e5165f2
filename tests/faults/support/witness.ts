import { clock } from './till'

/** What a person could see at one moment. */
export interface Glance {
  /** By `clock`. */
  readonly at: number
  /** Milliseconds the page slept through so far, which no clock here shows. */
  readonly slept: number
  /** Units the page says are left; null while it says none. */
  readonly left: number | null
  /** Whether the page says that this may be out of date. */
  readonly isDoubted: boolean
  readonly isVisible: boolean
}

export interface Witness {
  readonly glances: readonly Glance[]
  leave(): void
}

/** How often the witness looks, besides at every change of the page. */
export const everyMs = 20

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
