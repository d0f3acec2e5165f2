import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { publicCacheControl } from '@/lib/domain/pages/page-life'
import type { AskedPage } from '@/lib/server/pages/asked-page'
import { followRender } from '@/lib/server/pages/flight'
import { createPageCache } from '@/lib/server/pages/page-cache'

export const shared = { 'cache-control': publicCacheControl, 'content-type': 'text/html' }

export const asked = (address: string, isUnbounded = false): AskedPage => ({
  key: address,
  address,
  isData: false,
  isHttps: false,
  isUnbounded,
})

/** A response of a render, which sends what is pushed into it. */
export function aResponse(statusCode = 200, headers: IncomingHttpHeaders = shared) {
  const body = new Readable({ read: () => undefined })
  return Object.assign(body, { statusCode, headers }) as Readable & IncomingMessage
}

/** A cache on its own clock, and the renders it has asked for, in order. */
export function aCache({ isSound = (): boolean => true } = {}) {
  const clock = { ms: 0 }
  const renders: { address: string; response: ReturnType<typeof aResponse> }[] = []
  const waiting: PromiseWithResolvers<IncomingMessage>[] = []
  const cache = createPageCache(
    ({ address }) => {
      const response = aResponse()
      const sent = Promise.withResolvers<IncomingMessage>()
      renders.push({ address, response })
      waiting.push(sent)
      return followRender(sent.promise, () => clock.ms)
    },
    { now: () => clock.ms, isSound },
  )

  return {
    cache,
    clock,
    renders,
    /** Lets the latest render fail without a response. */
    fail: () => waiting.at(-1)?.reject(new Error('no connection')),
    /** Asks for a page and lets it be rendered with this text, status and headers. */
    async render(page: AskedPage, text: string, status = 200, headers: IncomingHttpHeaders = shared) {
      const flight = cache.flightFor(page)
      const response = Object.assign(renders.at(-1)?.response ?? aResponse(), { statusCode: status, headers })
      waiting.at(-1)?.resolve(response)
      response.push(text)
      response.push(null)
      return flight.page
    },
  }
}
