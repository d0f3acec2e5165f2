import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** The fault between the comparisons of a page and the shop's server. */
export type Way =
  | 'passes'
  | 'hangs'
  | '503'
  /** A cache on the way answers with what it got long ago, and says since when, in whole seconds. */
  | 'an old cache'
  /** A cache that keeps no longer than it may: one second. */
  | 'a cache'
  /** Two servers take turns, one of them with rows that are seconds old, as it says. */
  | 'two servers'

/** An earlier answer of a server. */
interface Kept {
  readonly body: string
  readonly headers: Record<string, string>
  readonly at: number
}

/** For how long a kept answer is served, in milliseconds. */
const keptMs = { 'an old cache': 60_000, 'a cache': 1_000, 'two servers': 2_500 }

/** The way from a page to the shop's server: every request of a page passes here. */
export async function openWay(shopUrl: string) {
  let way: Way = 'passes'
  let requests = 0
  const kept = new Map<string, Kept>()

  async function answer({ url: path = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = way
    requests += 1
    if (now === 'hangs') return
    if (now === '503') {
      response.writeHead(503).end()
      return
    }
    if (now === 'passes' || (now === 'two servers' && requests % 2 === 0)) {
      send(response, await ask(path))
      return
    }
    const last = kept.get(path)
    const found = last && performance.now() - last.at < keptMs[now] ? last : await ask(path)
    kept.set(path, found)
    const age = performance.now() - found.at
    const behind = { 'shelf-age': String(Math.ceil(Number(found.headers['shelf-age']) + age)) }
    send(response, found, now === 'two servers' ? behind : { age: String(Math.floor(age / 1_000)) })
  }

  async function ask(path: string): Promise<Kept> {
    const at = performance.now()
    const answered = await fetch(shopUrl + path)
    return {
      body: await answered.text(),
      headers: { 'shelf-age': answered.headers.get('shelf-age') ?? '' },
      at,
    }
  }

  function send(response: ServerResponse, { body, headers }: Kept, said: Record<string, string> = {}): void {
    response.writeHead(200, { 'content-type': 'application/json', ...headers, ...said }).end(body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the way has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    set(next: Way): void {
      way = next
      kept.clear()
    },
    stop(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}
