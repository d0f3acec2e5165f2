'use client'

/** Those who want to know when something may be another. */
export interface Listeners {
  listen(listener: () => void): () => void
  tell(): void
  isEmpty(): boolean
}

export function createListeners(): Listeners {
  const listeners = new Set<() => void>()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell() {
      for (const listener of [...listeners]) listener()
    },
    isEmpty: () => listeners.size === 0,
  }
}
