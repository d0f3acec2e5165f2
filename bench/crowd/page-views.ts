import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { crowd } from '../shopping/crowd'

const inFlight = 32

/** Kept-alive connections, as a proxy in front of the shop keeps them: given up before the server's five seconds are over. */
const agent = new Agent({ keepAlive: true, maxSockets: inFlight, timeout: 3_000 })

/** Requests of one address that were answered in a second, over `ms` milliseconds. Every answer must be 200. */
export async function viewsPerSecond(shop: string, path: string, ms: number): Promise<number> {
  const url = new URL(path, shop)
  const began = performance.now()
  let views = 0
  await crowd(inFlight, inFlight, async () => {
    while (performance.now() - began < ms) {
      await view(url)
      views += 1
    }
  })
  return views / ((performance.now() - began) / 1000)
}

/** One view of a page, which must be answered with 200. */
export async function view(url: URL): Promise<void> {
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip' }
  const [response] = (await once(request(url, { agent, headers }).end(), 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  if (response.statusCode !== 200) throw new Error(`${url.pathname} answered ${response.statusCode}`)
}
