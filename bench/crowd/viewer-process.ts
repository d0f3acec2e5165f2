import { Agent, get } from 'node:http'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'
import { createRowStore } from '@/lib/client/live/row-store'
import { openDataApi } from '@/lib/client/live/transport/data-api'
import type { ChannelListener } from '@/lib/client/live/transport/socket'
import { createSubscription } from '@/lib/client/live/transport/subscription'
import { createTransport, type Transport } from '@/lib/client/live/transport/transport'
import type { LiveSource } from '@/lib/domain/live/query'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'

// Open product pages without a screen: the live layer's own subscriptions, rows and comparisons, one for each viewer. Their
// channels are joined at once and say nothing, so all that the servers do here is to be compared with.

const [shopUrl = '', supabaseUrl = '', publishableKey = '', productId = '', count = '0', way = ''] =
  process.argv.slice(2)
/** Between two viewers: five hundred arrive in a second. */
const arrivalMs = 2

let compared = 0
let stale = 0
let live = 0

/** As many connections as a proxy in front of the shop would keep: a process has no room for one a viewer. */
const agent = new Agent({ keepAlive: true, maxSockets: 128 })

globalThis.fetch = (input, init) =>
  new Promise((resolve, reject) => {
    const headers = Object.fromEntries(new Headers(init?.headers))
    const signal = init?.signal ?? undefined
    get(new URL(String(input), shopUrl), { agent, headers, ...(signal && { signal }) }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      answer.on('end', () => {
        if (answer.statusCode === 200) compared += 1
        // A whole Response costs this process more than the servers spend on the answer.
        resolve({
          ok: answer.statusCode === 200,
          status: answer.statusCode,
          headers: { get: (name: string) => answer.headers[name] ?? null },
          json: async () => JSON.parse(body) as unknown,
        } as unknown as Response)
      })
    }).on('error', reject)
  })

const settings = { supabaseUrl, publishableKey }
const { source } = shelfOf([productId])
const isShared = way === 'shared'
/** As it was before comparisons were shared: every page reads the table. */
const { sharedAt: _, ...ofTheTable } = source
const followed: LiveSource<ShelfRow> = isShared ? source : ofTheTable

const transport: Transport = {
  ...createTransport(settings, undefined, isShared ? undefined : openDataApi),
  join(_topic, listener: ChannelListener) {
    queueMicrotask(() => listener('flowing'))
    return { send: () => undefined, leave: () => undefined }
  },
}

function view(): void {
  let wasLive = false
  const rows = createRowStore(followed, createRenderScheduler())
  const subscription = createSubscription(followed, [productId], transport, rows, () => {
    const isLive = subscription.freshness().name === 'live'
    if (isLive && !wasLive) live += 1
    if (wasLive && !isLive) {
      live -= 1
      stale += 1
    }
    wasLive = isLive
  })
  subscription.send('watch')
}

const viewers = Number(count)
for (let viewer = 0; viewer < viewers; viewer += 1) setTimeout(view, viewer * arrivalMs)

process.on('message', () => process.send?.({ compared, stale, live }))
process.on('disconnect', () => process.exit())
