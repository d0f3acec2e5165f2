import { once } from 'node:events'
import { createServer } from 'node:http'
import { isShelfRequest, serveShelf } from '@/lib/server/http/shelf-exchange'

/** The part of the shop's server that open pages compare themselves with, on the Supabase that the environment names. */
export async function startShelfServer(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    if (isShelfRequest(request)) void serveShelf({ request, response }, null)
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
