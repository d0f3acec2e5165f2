'use client'

/** Those who want to know when something may be another, and which, where there are several. */
export interface Listeners<About = void> {
  listen(listener: (about: About) => void): () => void
  tell(about: About): void
  isEmpty(): boolean
}

export function createListeners<About = void>(): Listeners<About> {
  const listeners = new Set<(about: About) => void>()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(about) {
      for (const listener of [...listeners]) listener(about)
    },
    isEmpty: () => listeners.size === 0,
  }
}
