import 'server-only'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Leaving } from '@/lib/server/network/places'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { takeDegraded } from '@/lib/server/resilience/page-status'
import { type AskedPage, askedPage } from './asked-page'
import { lastChanges, watchCatalogue } from './catalogue-watch'
import { followRender } from './flight'
import { dropCatalogue, renderPage } from './own-render'
import { createPageCache, type KeptPage } from './page-cache'
import { sendFlight, sendPage } from './send-page'

/**
 * Calls `go` when there is room for one more render, which lasts until `until` is closed; false, and no call, when the
 * line is too long.
 */
export type EnterRender = (until: Leaving, go: () => void) => boolean

/** A request for a public page, and the page if it can be sent at once. */
export interface PageRequest {
  kept: KeptPage | null
  /** Answers the request; false when it cannot, because too many renders wait. */
  answer: (exchange: Exchange, enter: EnterRender) => boolean
}

export type PublicPages = ReturnType<typeof createPublicPages>

/** Answers requests for public pages, each of which is rendered once for everybody. */
export function createPublicPages(
  watch = (onChange: () => Promise<void>) => watchCatalogue({ read: lastChanges, onChange }),
) {
  let server: Server | null = null
  const upToDate = watch(async () => {
    if (server) await dropCatalogue(server)
  })
  const cache = createPageCache((asked) => followRender(render(asked)), {
    isSound: ({ headers }) => !takeDegraded(headers),
  })

  async function render(asked: AskedPage): Promise<IncomingMessage> {
    if (!server) throw new Error('no server has been asked yet')
    await upToDate()
    return renderPage(asked, server)
  }

  return {
    /** Null for every other request. */
    take(request: IncomingMessage): PageRequest | null {
      const asked = askedPage(request)
      if (!asked) return null
      const kept = cache.find(asked)
      return {
        kept,
        answer(exchange, enter) {
          server = exchange.server
          void upToDate()
          if (!kept) return enter(exchange.response, () => void sendFlight(exchange, cache.flightFor(asked)))
          sendPage(exchange, kept.page, kept.ageMs)
          if (!kept.isFresh) renew(asked, enter)
          return true
        },
      }
    },
  }

  /** Renders the next version of a page, behind the back of the visitor who gets this one. */
  function renew(asked: AskedPage, enter: EnterRender): void {
    if (cache.isInFlight(asked)) return
    const until = Object.assign(new EventEmitter(), { destroyed: false })
    enter(until, () => {
      // Others may have done it while this one was in line.
      const done = cache.find(asked)?.isFresh ? Promise.resolve() : cache.flightFor(asked).rest
      done.catch(() => undefined).finally(() => until.emit('close'))
    })
  }
}
