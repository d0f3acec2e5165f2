import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StockBadge } from '@/components/stock/stock-badge'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openProduct, reads } from './support/shop-window'
import { overheard } from './support/wiretap'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 3)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

const says = (words: RegExp) =>
  screen.findByText(words, { selector: '[aria-hidden] > span' }, { timeout: 10_000 })
const falls = (freshness: string) =>
  vi.waitFor(() => expect(screen.getByLabelText('freshness').textContent).toBe(freshness), 10_000)

/** The screen equals the database within two seconds of a fault's end. */
async function recovers(words: string): Promise<void> {
  const mended = performance.now()
  await reads(words)
  expect(performance.now() - mended).toBeLessThan(2_000)
  await isLive()
}

function show(visible: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visible ? 'visible' : 'hidden')
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

test('a cut wire is reported, and concurrent sales show after it is restored', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  counter.cable.cut()
  await falls('stale')
  await counter.move(-1)
  await says(/^Reconnecting, last confirmed \d+ s ago$/)
  expect(screen.getByText('3 left')).toBeDefined()
  expect(document.querySelector('[data-uncertain]')).not.toBeNull()
  counter.cable.mend()

  await recovers('2 left')
  expect(document.querySelector('[data-uncertain]')).toBeNull()
})

test('a socket that hangs silently is noticed within five seconds', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  const hung = performance.now()
  counter.cable.hang()
  await counter.move(-1)
  await falls('stale')
  expect(performance.now() - hung).toBeLessThan(5_000)
  counter.cable.mend()

  await recovers('2 left')
})

test('a product that comes into view on a hanging socket does not hang with it', async () => {
  const joins = overheard('phx_join')
  const first = await counter.shelf()
  const page = openProduct(counter, first)
  await isLive()
  const joined = joins()
  const other = await aCounter(sql, 5)
  const otherFirst = await other.shelf()

  counter.cable.hang()
  page.rerender(
    page.around(
      <>
        <StockBadge productId={counter.productId} first={first} />
        <StockBadge productId={other.productId} first={otherFirst} />
      </>,
    ),
  )
  await expect.poll(joins).toBeGreaterThan(joined)
  counter.cable.mend()
  await other.move(-1)

  const mended = performance.now()
  await reads('4 left')
  expect(performance.now() - mended).toBeLessThan(6_000)
  await other.cable.close()
})

test('a page opened while the shop cannot be reached reports it, and recovers', async () => {
  counter.cable.cut()
  openProduct(counter, await counter.shelf())

  await says(/^Reconnecting$/)
  await counter.move(-1)
  counter.cable.mend()

  await recovers('2 left')
})

test('a hidden tab has no channel, and catches up when it is shown', async () => {
  const leaves = overheard('phx_leave')
  openProduct(counter, await counter.shelf())
  await isLive()

  show(false)
  await vi.waitFor(() => expect(counter.cable.websockets()).toBe(0), 10_000)
  expect(leaves()).toBe(1)
  await counter.move(-1)
  show(true)

  await recovers('2 left')
})

test('a page restored from the back/forward cache catches up', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await vi.waitFor(() => expect(counter.cable.websockets()).toBe(0), 10_000)
  await counter.move(-1)
  await new Promise((inTheCache) => setTimeout(inTheCache, 500))
  expect(counter.cable.websockets()).toBe(0)
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))

  await recovers('2 left')
})

test('an offline browser is reported, and catches up when it is online', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  counter.cable.cut()
  window.dispatchEvent(new Event('offline'))
  await falls('offline')
  await counter.move(-1)
  await says(/^You are offline, last confirmed 7 s ago$/)
  counter.cable.mend()
  online.mockReturnValue(true)
  window.dispatchEvent(new Event('online'))

  await recovers('2 left')
})

test('where websockets are blocked the number still follows, and its age is shown honestly', async () => {
  counter.cable.blockWebsockets()
  openProduct(counter, await counter.shelf())
  await falls('stale')

  await counter.move(-1)

  await reads('2 left')
})

test('a wire cut again and again leaves one socket behind', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  for (let cuts = 0; cuts < 5; cuts += 1) {
    counter.cable.cut()
    await falls('stale')
    counter.cable.mend()
    await isLive()
  }
  await counter.move(-1)
  await reads('2 left')

  await vi.waitFor(() => expect(counter.cable.websockets()).toBe(1), 10_000)
})
