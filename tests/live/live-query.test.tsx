import { randomUUID } from 'node:crypto'
import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { StockBadge } from '@/components/stock/stock-badge'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { connect } from '@/tests/support/database'
import {
  aCounter,
  type Counter,
  isLive,
  isStockBroadcast,
  openPage,
  openProduct,
  reads,
} from './support/shop-window'
import { countTimers, heardFrom, mostChannels, overheard } from './support/wiretap'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 3)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

test('a sale elsewhere shows on an open page', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()
  expect(screen.getByText('3 left')).toBeDefined()

  await counter.move(-1)

  await reads('2 left')
})

test('the last unit sold shows as sold out', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  await counter.move(-3)

  await reads('Sold out')
})

test('a product taken off sale stays on the page as not available', async () => {
  openProduct(counter, await counter.shelf())
  await isLive()

  await sql`update public.products set status = 'archived' where id = ${counter.productId}`

  await reads('Not available')
})

test('a sale between the server render and the join is not lost', async () => {
  const first = await counter.shelf()
  await counter.move(-1)

  openProduct(counter, first)
  expect(screen.getByText('3 left')).toBeDefined()

  await reads('2 left')
  await isLive()
})

test('a page cached long ago catches up when it is opened', async () => {
  const [row] = await counter.shelf()
  if (!row) throw new Error('the shelf is empty')
  const longAgo: ShelfRow = { ...row, band: 'in', left: null, version: 0 }

  openProduct(counter, [longAgo])
  expect(screen.getByText('In stock')).toBeDefined()

  await reads('3 left')
})

test("a server render newer than this page's last change is not rolled back", async () => {
  const other = await aCounter(sql, 5)
  const [row] = await counter.shelf()
  const otherFirst = await other.shelf()
  if (!row) throw new Error('the shelf is empty')
  const shelves = (shown: ShelfRow) => (
    <>
      <StockBadge productId={counter.productId} first={[shown]} />
      <StockBadge productId={other.productId} first={otherFirst} />
    </>
  )
  const page = openPage(counter, shelves(row))
  await isLive()

  page.rerender(page.around(shelves({ ...row, left: 1, version: row.version + 50 })))
  await reads('1 left')
  await counter.move(-1)
  await other.move(-1)
  await reads('4 left')

  expect(screen.getByText('1 left')).toBeDefined()
  await other.cable.close()
})

test('ten components with one query join one channel', async () => {
  const joins = overheard('phx_join')
  const first = await counter.shelf()
  openPage(
    counter,
    Array.from({ length: 10 }, (_, index) => String(index)).map((key) => (
      <StockBadge key={key} productId={counter.productId} first={first} />
    )),
  )
  await isLive()

  await counter.move(-1)
  await screen.findAllByText('2 left').then((badges) => expect(badges).toHaveLength(10))

  expect(joins()).toBe(1)
})

test('a product that scrolls into view joins without a gap for those already there', async () => {
  const [joins, leaves] = [overheard('phx_join'), overheard('phx_leave')]
  const other = await aCounter(sql, 5)
  const [first, otherFirst] = [await counter.shelf(), await other.shelf()]
  const page = openPage(counter, <StockBadge productId={counter.productId} first={first} />)
  await isLive()

  page.rerender(
    page.around(
      <>
        <StockBadge productId={counter.productId} first={first} />
        <StockBadge productId={other.productId} first={otherFirst} />
      </>,
    ),
  )
  await counter.move(-1)
  await reads('2 left')
  await other.move(-1)
  await reads('4 left')

  // By Broadcast a product has one channel, which both queries use.
  await expect.poll(leaves).toBe(isStockBroadcast ? 0 : 1)
  expect(joins()).toBe(2)
  await other.cable.close()
})

test('a listing of forty-eight cards that is scrolled through is one socket and few channels', async () => {
  const channels = mostChannels()
  const first = await counter.shelf()
  const productIds = [counter.productId, ...Array.from({ length: 47 }, () => randomUUID())]
  const cards = (inView: number) =>
    productIds
      .slice(0, inView)
      .map((id, place) => <StockBadge key={id} productId={id} first={place === 0 ? first : []} />)
  const page = openPage(counter, cards(8))

  for (let inView = 16; inView <= 48; inView += 8) {
    await new Promise((scrolling) => setTimeout(scrolling, 150))
    page.rerender(page.around(cards(inView)))
  }
  await isLive()
  await counter.move(-1)

  await reads('2 left')
  expect(counter.cable.websockets()).toBe(1)
  // By Broadcast up to 24 products have a channel each, of the 100 of a socket.
  expect(channels()).toBeLessThanOrEqual(isStockBroadcast ? 26 : 2)
})

// The other project of these tests has no changes to measure: its rows come as messages.
test.skipIf(isStockBroadcast)('a stock tick is at most 200 bytes of data', async () => {
  const heard = heardFrom()
  openProduct(counter, await counter.shelf())
  await isLive()

  await counter.move(-1)
  await reads('2 left')

  // Sales from before the page was open may arrive as well, where Realtime is behind.
  const tick = () => (heard('postgres_changes') as { data: { record: object } }[]).at(-1)?.data.record
  await expect.poll(tick, { timeout: 10_000 }).toMatchObject({ product_id: counter.productId, left: 2 })
  expect(JSON.stringify(tick()).length).toBeLessThanOrEqual(200)
})

test('a page whose last badge goes away ends its socket, and follows again when one comes back', async () => {
  const badge = <StockBadge productId={counter.productId} first={await counter.shelf()} />
  const page = openPage(counter, badge)
  await isLive()

  page.rerender(page.around(null))
  await expect.poll(() => counter.cable.websockets(), { timeout: 10_000 }).toBe(0)
  await counter.move(-1)
  page.rerender(page.around(badge))

  await reads('2 left')
})

test('a page that is left keeps no channel, no socket and no timer', async () => {
  const leaves = overheard('phx_leave')
  const timers = countTimers()
  const page = openProduct(counter, await counter.shelf())
  await isLive()
  expect(counter.cable.websockets()).toBe(1)

  page.unmount()
  await expect.poll(() => counter.cable.websockets(), { timeout: 10_000 }).toBe(0)

  expect(leaves()).toBe(1)
  await expect.poll(timers, { timeout: 15_000 }).toBe(0)
})
