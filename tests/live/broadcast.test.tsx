import { randomUUID } from 'node:crypto'
import { RealtimeClient } from '@supabase/realtime-js'
import { screen } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connect } from '@/tests/support/database'
import { aGuest } from '@/tests/support/shop/shopping'
import {
  aCounter,
  type Counter,
  isLive,
  isStockBroadcast,
  openProduct,
  reads,
  underTest,
} from './support/shop-window'
import { heardFrom, overheard } from './support/wiretap'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 9)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

/** An outsider with the publishable key, as anybody has it. */
function anOutsider() {
  const { supabaseUrl, publishableKey } = underTest()
  const client = new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: publishableKey },
  })
  return {
    client,
    async join(topic: string) {
      const heard: Record<string, unknown>[] = []
      const channel = client.channel(topic, { config: { private: true, broadcast: { self: true } } })
      channel.on('broadcast', { event: '*' }, ({ payload }) => heard.push(payload))
      const status = await new Promise<string>((answer) => channel.subscribe(answer))
      return { channel, heard, status }
    },
  }
}

// Project live-broadcast alone has a shop that broadcasts.
test.runIf(isStockBroadcast)(
  'a page whose shop broadcasts its stock follows it without Postgres Changes',
  async () => {
    const [joins, heard] = [overheard('phx_join'), heardFrom()]
    openProduct(counter, await counter.shelf())
    await isLive()
    // From here on only messages can tell.
    vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined))

    await counter.calm()
    await counter.move(-5)

    await reads('4 left')
    expect(joins()).toBe(1)
    expect(heard('postgres_changes')).toEqual([])
  },
)

test.runIf(isStockBroadcast)(
  'the last number of a burst arrives without the page asking for it',
  async () => {
    openProduct(counter, await counter.shelf())
    await isLive()
    // Another page keeps asking, as the crowd does; this one is told by messages alone.
    const ask = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined))
    const asking = setInterval(() => {
      ask(`/shelf?product_id=in.(${counter.productId})`).catch(() => undefined)
    }, 100)

    for (let sale = 0; sale < 7; sale += 1) await counter.move(-1)

    await reads('2 left')
    clearInterval(asking)
  },
)

test.runIf(isStockBroadcast)('nobody but the database speaks of a product’s stock', async () => {
  const outsider = anOutsider()
  const { channel, heard, status } = await outsider.join(`shelf:${counter.productId}`)
  expect(status).toBe('SUBSCRIBED')
  await counter.calm()
  openProduct(counter, await counter.shelf())
  await isLive()

  const lie = { table: 'shelf', new: { ...(await counter.shelf())[0], left: 1, version: 9_999 } }
  await channel.send({ type: 'broadcast', event: 'changed', payload: lie })
  await channel.httpSend('changed', lie).catch(() => undefined)
  await counter.calm()
  await counter.move(-5)

  await expect.poll(() => heard, { timeout: 10_000 }).toHaveLength(1)
  expect(heard[0]).toMatchObject({ table: 'shelf', new: { left: 4 } })
  expect(screen.queryByText('1 left')).toBeNull()
  await reads('4 left')
  await outsider.client.disconnect()
})

test('an outsider who hears of the stock hears of no cart, no order and no staff', async () => {
  const outsider = anOutsider()
  const guest = aGuest(sql)
  const { cart_id } = await guest.hold(counter.variantId)
  const [shelf, others] = [
    await outsider.join(`shelf:${counter.productId}`),
    await outsider.join(`shelf:carts:${cart_id}`),
  ]
  const refused = await Promise.all(
    ['shelf', `staff:${randomUUID()}`, 'dashboard:sales', `xshelf:${counter.productId}`].map((topic) =>
      outsider.join(topic),
    ),
  )

  await guest.hold(counter.variantId)
  const { order_id } = await guest.place()

  expect(refused.map(({ status }) => status)).toEqual(Array(4).fill('CHANNEL_ERROR'))
  expect(JSON.stringify([...shelf.heard, ...others.heard])).not.toMatch(
    new RegExp(`${cart_id}|${order_id}|units`),
  )
  await outsider.client.disconnect()
})
