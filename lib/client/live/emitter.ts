'use client'

/** Calls its listeners when something may have changed, with what it is where there are several. */
export interface Emitter<About = void> {
  on(listener: (about: About) => void): () => void
  emit(about: About): void
  isEmpty(): boolean
}

export function createEmitter<About = void>(): Emitter<About> {
  const listeners = new Set<(about: About) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(about) {
      for (const listener of [...listeners]) listener(about)
    },
    isEmpty: () => listeners.size === 0,
  }
}
