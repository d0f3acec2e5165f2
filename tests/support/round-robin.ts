import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import { until } from './until'

export interface RoundRobin {
  url: string
  add: (server: string) => void
  /** No new request goes there. Resolves when the last one sent there has its answer. */
  remove: (server: string) => Promise<void>
  /** How many requests each server got. */
  served: () => ReadonlyMap<string, number>
  stop: () => void
}

/** A load balancer as simple as they come: each request goes to the next server, and none is sent twice. */
export async function startRoundRobin(): Promise<RoundRobin> {
  const servers: string[] = []
  const served = new Map<string, number>()
  const unanswered = new Map<string, number>()
  const count = (counts: Map<string, number>, server: string, by: number) =>
    counts.set(server, (counts.get(server) ?? 0) + by)
  let turn = 0

  function forward(asked: IncomingMessage, answer: ServerResponse): void {
    const server = servers[turn++ % servers.length] ?? ''
    count(served, server, 1)
    count(unanswered, server, 1)
    answer.once('close', () => count(unanswered, server, -1))
    const sent = request(new URL(asked.url ?? '/', server), {
      method: asked.method,
      headers: { ...asked.headers, connection: 'close' },
      agent: false,
    })
    sent.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.rawHeaders)
      // Half a response is cut, as it came.
      pipeline(response, answer, () => undefined)
    })
    sent.on('error', (cause) => {
      if (answer.headersSent) return
      answer.writeHead(502, { 'content-type': 'text/plain' })
      answer.end(`${server}: ${cause.message}`)
    })
    asked.pipe(sent)
  }

  const balancer = createServer(forward).listen(0, '127.0.0.1')
  await once(balancer, 'listening')
  return {
    url: `http://localhost:${(balancer.address() as AddressInfo).port}`,
    add: (server) => void servers.push(server),
    remove: async (server) => {
      servers.splice(servers.indexOf(server), 1)
      await until(() => !unanswered.get(server))
    },
    served: () => served,
    stop: () => {
      balancer.closeAllConnections()
      balancer.close()
    },
  }
}
