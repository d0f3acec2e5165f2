'use client'

import { oldestMs } from '@/lib/domain/pages/page-life'

// Next keeps what it prefetches for half a minute, too long for a page with live numbers. So the data of a public page is
// fetched here when a shopper is about to follow a link to it, and given to Next's router when it asks for it, while it is
// no older than a page may be that comes from a cache (docs/decisions/0060).

/** A pointer that only crosses a link has left it by then, in milliseconds. */
const restMs = 60

const publicPath = /^\/($|(category|products)\/[^/]+$|search$)/

interface Ahead {
  /** The page's path and query. */
  address: string
  response: Promise<Response>
  /** When the response began to arrive, if it has. */
  arrivedAt: number | null
  abort: AbortController
}

/** Begins to fetch pages ahead; returns a function that ends it. */
export function fetchPagesAhead(): () => void {
  const stopped = new AbortController()
  const plainFetch = window.fetch
  let ahead: Ahead | null = null
  let wanted: string | null = null
  let timer = 0

  function ask(address: string): void {
    if (ahead?.address === address && heldMs(ahead) < oldestMs / 2) return
    ahead?.abort.abort()
    const abort = new AbortController()
    // As Next's router asks, without its state, which is not part of a public page.
    const response = plainFetch(`${address}${address.includes('?') ? '&' : '?'}_rsc=`, {
      headers: { rsc: '1' },
      cache: 'no-store',
      signal: abort.signal,
    })
    const asked: Ahead = { address, response, arrivedAt: null, abort }
    ahead = asked
    response
      .then((page) => {
        asked.arrivedAt = performance.now()
        return loadScripts(page)
      })
      .catch(() => undefined)
  }

  function intend({ type, target }: Event): void {
    const address = addressOf(target)
    if (type !== 'pointerdown' && address === wanted) return
    clearTimeout(timer)
    wanted = address
    if (address === null) return
    if (type === 'pointerdown') ask(address)
    else timer = window.setTimeout(ask, restMs, address)
  }

  for (const type of ['pointerover', 'pointerdown', 'focusin'])
    document.addEventListener(type, intend, { passive: true, signal: stopped.signal })

  window.fetch = async (input, init) => {
    const found = ahead !== null && pageAskedFor(input, init) === ahead.address ? ahead : null
    if (found) ahead = null
    return (found && (await usable(found))) || plainFetch(input, init)
  }

  return () => {
    stopped.abort()
    window.fetch = plainFetch
  }
}

function heldMs({ arrivedAt }: Ahead): number {
  return arrivedAt === null ? 0 : performance.now() - arrivedAt
}

/** Of the public page that the link around an element leads to; null for this page and for every other link. */
function addressOf(target: EventTarget | null): string | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  if (!link || link.origin !== location.origin || !publicPath.test(link.pathname)) return null
  const address = link.pathname + link.search
  return address === location.pathname + location.search ? null : address
}

/** The address of the page whose data Next's router asks for; null for every other request. */
function pageAskedFor(input: RequestInfo | URL, init: RequestInit | undefined): string | null {
  if (!(input instanceof URL) || !input.searchParams.has('_rsc') || (init?.method ?? 'GET') !== 'GET')
    return null
  const headers = new Headers(init?.headers)
  if (headers.get('rsc') !== '1' || headers.has('next-router-prefetch')) return null
  return input.pathname + input.search.replace(/[?&]_rsc=[^&]*$/, '')
}

/** The response, where it is a page that is not too old; `Age` may be rounded down by a second. */
async function usable(asked: Ahead): Promise<Response | null> {
  const page = await asked.response.catch(() => null)
  if (!page?.ok || page.redirected) return null
  const ageMs = (Number(page.headers.get('age') ?? 0) + 1) * 1_000
  return ageMs + heldMs(asked) <= oldestMs ? page : null
}

/** The scripts of a page, which the router asks for only when it shows the page. */
async function loadScripts(response: Response): Promise<void> {
  const text = await response.clone().text()
  for (const path of new Set(text.match(/\/_next\/static\/chunks\/[\w~.-]+\.js/g) ?? []))
    if (!document.querySelector(`script[src^="${path}"]`)) await fetch(path, { priority: 'low' })
}
