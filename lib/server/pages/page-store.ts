import 'server-only'
import type { Page } from './flight'

/** Pages by key: at most so many, and so many bytes together. The page that nobody asked for the longest goes first. */
export function createPageStore(most: { pages: number; bytes: number }) {
  const pages = new Map<string, Page>()
  let bytes = 0

  function remove(key: string): void {
    const page = pages.get(key)
    if (!page) return
    pages.delete(key)
    bytes -= sizeOf(page)
  }

  return {
    get(key: string): Page | undefined {
      const page = pages.get(key)
      if (!page) return undefined
      pages.delete(key)
      pages.set(key, page)
      return page
    },
    set(key: string, page: Page): void {
      remove(key)
      // One that takes a large part of the room would push out all others.
      if (sizeOf(page) > most.bytes / 8) return
      pages.set(key, page)
      bytes += sizeOf(page)
      for (const oldest of pages.keys()) {
        if (pages.size <= most.pages && bytes <= most.bytes) break
        remove(oldest)
      }
    },
    remove,
    clear(): void {
      pages.clear()
      bytes = 0
    },
    get bytes(): number {
      return bytes
    },
    get size(): number {
      return pages.size
    },
  }
}

function sizeOf({ body, gzipped }: Page): number {
  return body.length + gzipped.length
}
