import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { type McpServer, ResourceTemplate, type ServerEventBus } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { shelfNote } from '@/lib/domain/agents/stock-note'
import { agentWords as words } from '@/lib/domain/agents/words'
import { oldestMs } from '@/lib/domain/pages/page-life'
import { readShelf } from '@/lib/server/platform/read-shelf'
import { createShelfWatch } from './shelf-watch'

// The shelf of a product as a resource that agents read and follow: `shelf://products/{id}`.

const prefix = 'shelf://products/'
/** Products of one stream, and streams of one network on this server. */
const mostProducts = 20
const mostStreams = 20

type Listener = Parameters<ServerEventBus['subscribe']>[0]

const listeners = new Set<Listener>()
const streams = new Map<string, number>()
/** The stream that is being opened: the bus is told no more than that there is one. */
const opening = new AsyncLocalStorage<{ products: readonly string[]; network: string }>()

const watch = createShelfWatch(
  async (product_id) => (await readShelf({ product_id })).rows,
  (product) => shelfBus.publish({ kind: 'resource_updated', uri: prefix + product }),
)

/** The streams of this server. One that is opened through `openStream` has its products watched until it closes. */
export const shelfBus: ServerEventBus = {
  publish(event) {
    for (const listener of listeners) listener(event)
  },
  subscribe(listener) {
    const { products, network } = opening.getStore() ?? { products: [], network: '' }
    listeners.add(listener)
    streams.set(network, (streams.get(network) ?? 0) + 1)
    const end = watch.watch(products)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      listeners.delete(listener)
      const left = (streams.get(network) ?? 1) - 1
      if (left > 0) streams.set(network, left)
      else streams.delete(network)
      end()
    }
  },
}

/** Opens a stream that follows these addresses; null where its network, or this server, has enough of them. */
export async function openStream(
  { uris, network }: { uris: readonly unknown[]; network: string | null },
  open: () => Promise<Response>,
): Promise<Response | null> {
  const products = [...new Set(uris.flatMap((uri) => productIn(uri) ?? []))]
  const hasRoom =
    products.length <= mostProducts &&
    (streams.get(network ?? '') ?? 0) < mostStreams &&
    watch.hasRoomFor(products)
  return hasRoom ? opening.run({ products, network: network ?? '' }, open) : null
}

function productIn(uri: unknown): string | null {
  const id = typeof uri === 'string' && uri.startsWith(prefix) ? uri.slice(prefix.length) : ''
  return z.guid().safeParse(id).success ? id : null
}

export function registerShelf(server: McpServer): void {
  server.registerResource(
    'shelf',
    new ResourceTemplate(`${prefix}{id}`, { list: undefined }),
    {
      title: words.shelfTitle,
      description: words.shelfWhat,
      mimeType: 'application/json',
      cacheHint: { ttlMs: oldestMs, cacheScope: 'public' },
    },
    async (uri) => {
      const product = productIn(uri.href)
      const readAt = Date.now()
      const { rows } = product ? await readShelf({ product_id: [product] }) : { rows: [] }
      const text = JSON.stringify({ product_id: product, stock: shelfNote(rows, readAt) })
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text }] }
    },
  )
}
