import { signJwt } from 'embedded-supabase/keys'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { theBrowser } from './support/browser'
import { type Reader, startReader } from './support/reader'
import { clock, type Goods } from './support/till'
import { startWorld, type World } from './support/world'

// A fault that does not happen proves nothing. Each switch is shown on a client that does not defend itself.

let world: World
let goods: Goods
let reader: Reader

beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.end())
beforeEach(async () => {
  goods = await world.now.stock(5_000)
  reader = await startReader(world)
})
afterEach(async () => {
  await world.now.heal()
  await reader.leave()
})

const sell = async () => (await world.now.sell()).left
const hears = (left: number, by = reader) => vi.waitFor(() => expect(by.heard).toContain(left), 10_000)

/** Sold while a fault lasts, and its message has had the time of the next comparison to come. */
async function sellUnheard(): Promise<number> {
  const left = await sell()
  await vi.waitFor(async () => expect(await compared(world.address.shopUrl)).toMatchObject({ left }), 10_000)
  return left
}

/** The row of the goods as the shop compares it. */
async function compared(at: string): Promise<{ left: number } & Record<string, unknown>> {
  const response = await ask(at)
  const [row] = (await response.json()) as { left: number }[]
  return { left: -1, ...row, age: response.headers.get('age'), behindMs: response.headers.get('shelf-age') }
}
const ask = (at: string) => fetch(`${at}/shelf?product_id=in.(${goods.productId})`)

test('without a fault each change comes once and in order', async () => {
  const sold = [await sell(), await sell(), await sell()]
  await hears(sold[2] ?? 0)
  expect(reader.heard.slice(-3)).toEqual(sold)
})

test('a lost frame never comes', async () => {
  await world.now.changeFrames({ lose: 1 })
  const lost = await sellUnheard()
  await world.now.heal()
  await hears(await sell())
  expect(reader.heard).not.toContain(lost)
})

test('a doubled frame comes twice', async () => {
  await world.now.changeFrames({ duplicate: 1 })
  const left = await sell()
  await vi.waitFor(() => expect(reader.heard.filter((each) => each === left)).toHaveLength(2), 10_000)
})

test('a delayed frame comes late, and one with no delay overtakes it', async () => {
  await world.now.changeFrames({ delayMs: [1_500, 1_500] })
  const { left: late, at } = await world.now.sell()
  await hears(late)
  expect(clock() - at).toBeGreaterThan(1_400)

  await world.now.changeFrames({ delayMs: [0, 1_500] })
  const sold: number[] = []
  for (let sales = 0; sales < 20; sales += 1) sold.push(await sell())
  for (const left of sold) await hears(left)
  expect(reader.heard.filter((left) => sold.includes(left))).not.toEqual(sold)
})

test('a silent server keeps the socket, and sends nothing, not even a heartbeat', async () => {
  await vi.waitFor(() => expect(reader.replies()).toBeGreaterThan(0), 10_000)
  await world.now.silence(true)
  const before = reader.replies()
  const lost = await sellUnheard()
  // The client itself may have given up the socket and opened another one.
  await vi.waitFor(async () => expect(await world.now.websockets()).toBe(1), 10_000)
  expect(reader.heard).not.toContain(lost)
  expect(reader.replies()).toBe(before)
})

test('a stalled server answers heartbeats, and sends its changes afterwards', async () => {
  await world.now.stallChanges(true)
  const before = reader.replies()
  const left = await sellUnheard()
  await vi.waitFor(() => expect(reader.replies()).toBeGreaterThan(before), 10_000)
  expect(reader.heard).not.toContain(left)

  await world.now.stallChanges(false)
  await hears(left)
})

test('at the pace of the real server changes wait for its poll', async () => {
  await world.now.paceOfTheRealServer(true)
  const delays: number[] = []
  for (let sales = 0; sales < 8; sales += 1) {
    const { left, at } = await world.now.sell()
    await hears(left)
    delays.push(clock() - at)
  }
  expect(Math.max(...delays)).toBeGreaterThan(150)
})

test('dropped sockets and a restarted Realtime end the connection', async () => {
  await world.now.dropSockets()
  await vi.waitFor(() => expect(reader.closes()).toBe(1), 10_000)
  reader = await startReader(world)
  await world.now.restartRealtime(500)
  await vi.waitFor(() => expect(reader.closes()).toBeGreaterThan(0), 10_000)
})

test('a restarted database begins again', async () => {
  const startedAt = () => world.now.databaseStart()
  const before = await startedAt()
  await world.now.restartDatabase(500)
  expect(await startedAt()).not.toBe(before)
})

test('an expired token ends the subscription of its reader, and of no other', async () => {
  const sub = await world.now.hire()
  const token = signJwt({ role: 'authenticated', sub, exp: Math.floor(Date.now() / 1_000) + 3_600 })
  const staff = await startReader(world, token)
  await hears(await sell(), staff)
  await world.now.expireTokens(70 * 60)
  await vi.waitFor(() => expect(staff.closes()).toBe(1), 10_000)
  await hears(await sell())
  await staff.leave()
})

test('changes of a table that is not published never come', async () => {
  await world.now.publish(false)
  const lost = await sellUnheard()
  await world.now.publish(true)
  const sold: number[] = []
  await vi.waitFor(async () => {
    sold.push(await sell())
    expect(reader.heard.some((left) => sold.includes(left))).toBe(true)
  }, 10_000)
  expect(reader.heard).not.toContain(lost)
})

test('a poisoned reader hears nothing, and others hear everything', async () => {
  await world.now.poison(true)
  await hears(await sell())
  // Refuses if its reader heard a change.
  await world.now.poison(false)
})

test('a cut cable carries nothing, and a hanging one answers nothing', async () => {
  await world.now.cut()
  await expect(ask(world.address.shopUrl)).rejects.toThrow()
  await vi.waitFor(() => expect(reader.closes()).toBe(1), 10_000)
  await world.now.mend()
  expect((await ask(world.address.shopUrl)).status).toBe(200)

  await world.now.hang()
  const answers: string[] = []
  const hung = expect(ask(world.address.shopUrl).then(() => answers.push('by the cable'))).rejects.toThrow()
  await fetch(`${world.address.apiUrl}/rest/v1/`).then(() => answers.push('beside the cable'))
  await sell()
  expect(answers).toEqual(['beside the cable'])
  await world.now.cut()
  await hung
})

test('comparisons hang, fail or come from a cache or a server that is behind', async () => {
  const { shopUrl } = world.address
  await world.now.comparisons('hangs')
  const answered: string[] = []
  const hung = expect(ask(shopUrl).then(() => answered.push('comparison'))).rejects.toThrow()
  await fetch(`${world.address.cableUrl}/rest/v1/`).then(() => answered.push('the rest'))
  await sell()
  expect(answered).toEqual(['the rest'])
  await world.now.cut()
  await hung
  await world.now.mend()

  await world.now.comparisons('503')
  expect((await ask(shopUrl)).status).toBe(503)

  for (const way of ['an old cache', 'a cache'] as const) {
    await world.now.comparisons(way)
    const kept = await compared(shopUrl)
    await sell()
    expect(await compared(shopUrl)).toMatchObject({ left: kept.left, age: '0' })
  }
  await vi.waitFor(async () => expect(await compared(shopUrl)).toMatchObject({ left: await left() }), 10_000)

  await world.now.comparisons('two servers')
  const behind = await compared(shopUrl)
  const now = await sell()
  const answers = async () => [(await compared(shopUrl)).left, (await compared(shopUrl)).left].sort()
  await vi.waitFor(async () => expect(await answers()).toEqual([now, behind.left].sort()), 2_400)
})

const left = async () => Number((await world.now.served('shelf')).left)

test('a browser’s clocks, network, visibility and processor are those of the test', () => {
  const browser = theBrowser()
  const [monotonic, wall] = [performance.now(), Date.now()]
  browser.freeze(10, 60_000)
  expect(performance.now() - monotonic).toBeGreaterThanOrEqual(60_000)
  expect(Date.now() - wall).toBeGreaterThanOrEqual(60_000)

  const seen: string[] = []
  for (const name of ['visibilitychange', 'pagehide', 'pageshow', 'offline', 'online'])
    window.addEventListener(name, () => seen.push(name), { once: true })
  browser.cache()
  expect(document.visibilityState).toBe('hidden')
  browser.restore()
  expect(document.visibilityState).toBe('visible')
  browser.network(false)
  expect(navigator.onLine).toBe(false)
  browser.network(true)
  expect(seen).toEqual(['pagehide', 'visibilitychange', 'pageshow', 'offline', 'online'])
  browser.setWallClockWrong(-86_400_000)
  expect(Date.now()).toBeLessThan(wall)
})
