import { Agent, get } from 'node:http'
import WebSocket from 'ws'
import { createLiveClient } from '@/lib/client/live/live-client'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'
import { Arrivals } from './arrivals'
import type { AudienceReport, AudienceRequest, AudienceSettings } from './audience'

// Open product pages without a screen: each has the live client of a page, with its own socket of @supabase/realtime-js, its
// rows, its state machine and its comparisons. A browser also paints.

const { shop, supabaseUrl, publishableKey, productId, viewers, isStockBroadcast } = JSON.parse(
  process.argv[2] ?? '',
) as AudienceSettings

/** Between two viewers: two hundred arrive in a second. */
const arrivalMs = 5
/** As many connections as a proxy in front of the shop would keep: a process has no room for one a viewer. */
const agent = new Agent({ keepAlive: true, maxSockets: 128 })

stand('WebSocket', WebSocket)
// A browser that has no Web Locks: no page shares its socket with another.
stand('navigator', { onLine: true })
stand('document', { visibilityState: 'visible' })
stand('window', { addEventListener: () => undefined })
stand('fetch', (input: string, init?: RequestInit) => answerTo(String(input), init?.signal ?? undefined))

function stand(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}

/** Like fetch, for a page's comparison. A whole Response costs this process more than the servers spend on the answer. */
function answerTo(path: string, signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(new URL(path, shop), { agent, ...(signal && { signal }) }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      answer.on('end', () => {
        if (answer.statusCode === 200) compared += 1
        resolve({
          ok: answer.statusCode === 200,
          headers: { get: (name: string) => answer.headers[name] ?? null },
          json: async () => JSON.parse(body) as unknown,
        })
      })
    }).on('error', reject)
  })
}

let compared = 0
let live = 0
let stale = 0
let isBare = false
const arrivals = new Arrivals(viewers)
const shown: (() => readonly ShelfRow[])[] = []
const query = shelfOf([productId])
const alone = process.memoryUsage().rss

function view(viewer: number): void {
  const client = createLiveClient({ supabaseUrl, publishableKey, isStockBroadcast })
  const rows = client.store(query.source).view([], () => query.values)
  let isLive = false
  rows.subscribe(() => {
    for (const { variant_id, version } of rows.current().rows) arrivals.saw(viewer, variant_id, version)
  })
  client.on(() => {
    const was = isLive
    isLive = client.connection()?.name === 'live'
    live += Number(isLive) - Number(was)
    stale += Number(was && !isLive)
  })
  client.start()
  client.store(query.source).follow(query.values)
  shown.push(() => rows.current().rows)
}

/** A viewer of the bare server: hears frames, and knows nothing. */
function hear(viewer: number, url: string): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('message', (frame: Buffer) => arrivals.saw(viewer, 'bare', Number.parseInt(String(frame), 10)))
  return new Promise((resolve, reject) => socket.on('open', () => resolve()).on('error', reject))
}

async function hearAll(url: string): Promise<void> {
  isBare = true
  for (let viewer = 0; viewer < viewers; viewer += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, viewers - viewer) }, (_, n) => hear(viewer + n, url)),
    )
}

function report(): AudienceReport {
  const pages = new Set(
    shown.map((rows) =>
      JSON.stringify(
        rows()
          .map((row) => [row.variant_id, row.version, row.left])
          .sort(),
      ),
    ),
  )
  return {
    compared,
    live,
    stale,
    bytes: process.memoryUsage().rss - alone,
    pages: [...pages],
    lastAt: arrivals.lastAt(),
  }
}

process.on('message', async ({ bareUrl }: AudienceRequest) => {
  if (bareUrl && !isBare) await hearAll(bareUrl)
  process.send?.(report())
})
process.on('disconnect', () => process.exit())

if (viewers > 0 && shop !== '')
  for (let viewer = 0; viewer < viewers; viewer += 1) setTimeout(view, viewer * arrivalMs, viewer)
