import 'server-only'
import type { ShelfRow } from '@/lib/domain/stock/shelf'

/** Products that one server watches, and the pause between two reads, in milliseconds. */
export const mostWatched = 1_000
const everyMs = 200

interface Watched {
  streams: number
  /** The versions that were last told; null where a stream has just begun, which is told of the product in any case. */
  told: string | null
}

/**
 * Watches the shelf of the products that agents follow, with one read for all of them, and none while there are none. A stream
 * that begins is told of each of its products once: so nothing is missed between an agent's read and its first update, and
 * one that reconnects finds out. After that it is told when a version has changed. A read that fails is repeated.
 */
export function createShelfWatch(
  read: (products: readonly string[]) => Promise<readonly ShelfRow[]>,
  tell: (product: string) => void,
) {
  const watched = new Map<string, Watched>()
  let isRunning = false

  async function round(): Promise<void> {
    const products = [...watched.keys()]
    const began = new Map(products.map((product) => [product, watched.get(product)?.told]))
    const rows = await read(products)
    for (const product of products) {
      const now = versionsOf(rows.filter(({ product_id }) => product_id === product))
      const known = watched.get(product)
      if (!known || known.told === now) continue
      // A stream that began during the read waits for the next one.
      if (began.get(product) === known.told) known.told = now
      tell(product)
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return
    isRunning = true
    while (watched.size > 0) {
      await round().catch((cause: unknown) =>
        process.emitWarning(`The shelf could not be watched: ${String(cause)}`),
      )
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
    isRunning = false
  }

  return {
    /** Whether these can be watched, too. */
    hasRoomFor: (products: readonly string[]) =>
      watched.size + products.filter((product) => !watched.has(product)).length <= mostWatched,

    /** Begins to watch these; returns what ends it. */
    watch(products: readonly string[]): () => void {
      for (const product of products)
        watched.set(product, { streams: (watched.get(product)?.streams ?? 0) + 1, told: null })
      void run()
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        for (const product of products) {
          const known = watched.get(product)
          if (!known) continue
          known.streams -= 1
          if (known.streams === 0) watched.delete(product)
        }
      }
    },
  }
}

function versionsOf(rows: readonly ShelfRow[]): string {
  return rows
    .map(({ variant_id, version }) => `${variant_id} ${version}`)
    .sort()
    .join('\n')
}
