import type { Page } from '@playwright/test'

/** The browsers that lack something, each with a script that takes it away before a page runs. */
export const lacking: Record<string, () => void> = {
  'on plain HTTP in the shop’s own network': () => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
    Reflect.deleteProperty(Navigator.prototype, 'locks')
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    Reflect.deleteProperty(window, 'caches')
  },
  'without BroadcastChannel': () => {
    Reflect.deleteProperty(window, 'BroadcastChannel')
  },
  'that denies storage, locks and channels': denyStorage,
  'with a full storage': fillStorage,
  'without WebSocket': () => {
    Reflect.deleteProperty(window, 'WebSocket')
  },
  'with a wrong clock': () => {
    const Real = Date
    const wrong = 50 * 60 * 60_000
    window.Date = class extends Real {
      constructor(...args: []) {
        if (args.length === 0) super(Real.now() + wrong)
        else super(...args)
      }
      static override now() {
        return Real.now() + wrong
      }
    } as DateConstructor
  },
}

/** For an init script. */
export function denyStorage(): void {
  const denied = () => new DOMException('denied', 'SecurityError')
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(window, name, {
      get() {
        throw denied()
      },
    })
  }
  LockManager.prototype.request = () => Promise.reject(denied())
  window.BroadcastChannel = class {
    constructor() {
      throw denied()
    }
  } as unknown as typeof BroadcastChannel
}

/** For an init script. */
export function fillStorage(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
}

/** Leaves the texts of a page as a browser's translation does: each is in a separate element, also later ones. */
export async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const wrap = (text: Text) => {
      if (!text.data.trim() || text.parentElement?.closest('font, script, style, textarea, [translate=no]'))
        return
      const font = document.createElement('font')
      font.append(document.createElement('font'))
      font.firstElementChild?.append(text.data)
      text.replaceWith(font)
    }
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) wrap(text)
    }
    wrapAll(document.body)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.isConnected) wrapAll(node)
    }).observe(document.body, { childList: true, subtree: true })
  })
}
