import { randomUUID } from 'node:crypto'
import { type RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type LiveQuery, liveQuery } from '@/lib/domain/live/query'
import { connect } from '@/tests/support/database'
import { aGuest, type Order, thePackingTable } from '@/tests/support/shop/shopping'
import { aCounter, type Counter, isLive, openPage, reads, underTest } from './support/shop-window'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 5)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

/** A guest's order of two mugs, as their page follows it: fetched with the secret, woken by the database. */
async function anOrder() {
  const guest = aGuest(sql)
  await guest.hold(counter.variantId, 2)
  const { order_id } = await guest.place()
  let asked = 0
  const query: LiveQuery<Order> = liveQuery(
    {
      table: 'orders',
      columns: [],
      by: 'order_id',
      parse: () => null,
      id: (order) => order.order_id,
      version: (order) => order.version,
      fetchRows: async () => {
        asked += 1
        return [await guest.order(order_id)]
      },
    },
    [order_id],
  )
  return { guest, orderId: order_id, query, first: [await guest.order(order_id)], timesAsked: () => asked }
}

function Page({ query, first }: { query: LiveQuery<Order>; first: readonly Order[] }) {
  const { rows } = useLiveQuery(query, first)
  return <p>the order is {rows[0]?.status}</p>
}

test('staff changes to an order show on its buyer’s open page, though a guest may read no table', async () => {
  const { query, first, orderId, timesAsked } = await anOrder()
  openPage(counter, <Page query={query} first={first} />)
  await isLive()
  const before = timesAsked()

  await thePackingTable(sql).fulfil(orderId, counter.locations[0])

  await reads('the order is fulfilled')
  expect(timesAsked()).toBeGreaterThan(before)
})

test("order changes during a page's disconnection show once the page is back", async () => {
  const { query, first, guest, orderId } = await anOrder()
  openPage(counter, <Page query={query} first={first} />)
  await isLive()

  counter.cable.cut()
  await guest.cancel(orderId)
  counter.cable.mend()

  await reads('the order is cancelled')
  await isLive()
})

test('an older answer that comes late does not take an order back', async () => {
  const { query, first, orderId } = await anOrder()
  await thePackingTable(sql).fulfil(orderId, counter.locations[0])
  const newer = await query.source.fetchRows?.([orderId])
  const page = openPage(counter, <Page query={query} first={newer ?? []} />)
  await isLive()

  page.rerender(page.around(<Page query={query} first={first} />))

  await isLive()
  expect(screen.getByText('the order is fulfilled')).toBeDefined()
})

test('nobody but the database can speak on an order’s channel', async () => {
  const { orderId } = await anOrder()
  const { supabaseUrl, publishableKey } = underTest()
  const [outsider, buyer] = [1, 2].map(() =>
    new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: publishableKey },
    }).channel(`orders:${orderId}`, { config: { private: true } }),
  ) as [RealtimeChannel, RealtimeChannel]
  const heard: unknown[] = []
  buyer.on('broadcast', { event: '*' }, ({ payload }) => heard.push(payload.version))
  for (const each of [outsider, buyer]) {
    await new Promise<void>((joined) => each.subscribe((status) => status === 'SUBSCRIBED' && joined()))
  }

  await outsider.send({ type: 'broadcast', event: 'changed', payload: { version: 99 } })
  // The database's own message comes after any message the outsider could have sent.
  await thePackingTable(sql).fulfil(orderId, counter.locations[0])

  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([2])
  for (const each of [outsider, buyer]) await each.socket.disconnect()
})

test("a page without the order's id receives nothing of it", async () => {
  const { orderId } = await anOrder()
  const { supabaseUrl, publishableKey } = underTest()
  const outsider = new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: publishableKey },
  })
  const heard: unknown[] = []
  const refused = outsider.channel('everything', { config: { private: true } })
  const status = await new Promise((answer) => refused.subscribe(answer))
  const another = outsider.channel(`orders:${randomUUID()}`, { config: { private: true } })
  another.on('broadcast', { event: '*' }, (message) => heard.push(message))
  await new Promise<void>((joined) => another.subscribe((each) => each === 'SUBSCRIBED' && joined()))
  const own = outsider.channel(`orders:${orderId}`, { config: { private: true } })
  const told = new Promise((message) => own.on('broadcast', { event: '*' }, message))
  await new Promise<void>((joined) => own.subscribe((each) => each === 'SUBSCRIBED' && joined()))

  await thePackingTable(sql).fulfil(orderId, counter.locations[0])

  // A page with it receives its version, and nothing else of it.
  expect(await told).toMatchObject({ event: 'changed', payload: { version: 2 } })
  expect(status).toBe('CHANNEL_ERROR')
  expect(heard).toEqual([])
  await outsider.disconnect()
})
