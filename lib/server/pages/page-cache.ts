import 'server-only'
import { freshMs, usableMs } from '@/lib/domain/pages/page-life'
import type { AskedPage } from './asked-page'
import type { Flight, Page } from './flight'
import { createPageStore } from './page-store'
import { pagesGeneration } from './purge'

const catalogueRoom = { pages: 2_000, bytes: 96 * 1024 * 1024 }
/** Searches are anybody's words: however many there are, they push out only each other. */
const searchRoom = { pages: 200, bytes: 16 * 1024 * 1024 }

/** A page from the cache, its age in milliseconds, and whether it should be rendered again. */
export interface KeptPage {
  page: Page
  ageMs: number
  isFresh: boolean
}

/**
 * Public pages, each rendered once for all who ask for it while it is fresh. `render` is called for a page that nobody is
 * waiting for yet.
 */
export function createPageCache(
  render: (asked: AskedPage) => Flight,
  { now = () => performance.now(), isSound = (_page: Page): boolean => true } = {},
) {
  const rooms = { catalogue: createPageStore(catalogueRoom), searches: createPageStore(searchRoom) }
  const flights = new Map<string, Flight>()
  let generation = pagesGeneration()

  function roomOf({ isUnbounded }: AskedPage) {
    return isUnbounded ? rooms.searches : rooms.catalogue
  }

  /** After a purge nothing rendered before it is sent to whoever asks from then on. */
  function forgetPurged(): void {
    if (generation === pagesGeneration()) return
    generation = pagesGeneration()
    rooms.catalogue.clear()
    rooms.searches.clear()
    flights.clear()
  }

  function find(asked: AskedPage): KeptPage | null {
    forgetPurged()
    const page = roomOf(asked).get(asked.key)
    if (!page) return null
    const ageMs = now() - page.renderedAt
    return ageMs <= usableMs ? { page, ageMs, isFresh: ageMs <= freshMs } : null
  }

  function flightFor(asked: AskedPage): Flight {
    forgetPurged()
    const current = flights.get(asked.key)
    if (current) return current
    const flight = render(asked)
    flights.set(asked.key, flight)
    const land = () => {
      if (flights.get(asked.key) === flight) flights.delete(asked.key)
    }
    flight.page.then((page) => {
      if (flights.get(asked.key) === flight && generation === pagesGeneration()) {
        if (isShared(page) && isSound(page)) roomOf(asked).set(asked.key, page)
        // An outage is no reason to forget what is still usable; a page that has gone is.
        else if (page.status < 500) roomOf(asked).remove(asked.key)
      }
      land()
    }, land)
    return flight
  }

  return { find, flightFor, isInFlight: ({ key }: AskedPage) => flights.has(key) }
}

/** Whether a response may be sent to others: a whole page with the header of a public one. Errors, 404 and redirects are not kept. */
function isShared({ status, headers }: Page): boolean {
  return status === 200 && (headers['cache-control'] ?? '').startsWith('public,')
}
