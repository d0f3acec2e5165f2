import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { KEYS } from '#keys'
import { openStage, type Stage, user1, userToken } from './support/stage'

let stage: Stage
const topic = 'realtime:room:1'
const plain = [{ event: '*', schema: 'public', table: 'plain' }]

beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage.faults.reset())
afterAll(() => stage.close())

const add = (n: number) => stage.sql`insert into plain (n) values (${n})`
const numbers = (changes: { data: { record: { n: number } } }[]) => changes.map(({ data }) => data.record.n)

test('the pace of the real server can be had: polls, slow refusals, tokens that take their time', async () => {
  const [watcher, outsider, changing] = [await stage.connect(), await stage.connect(), await stage.connect()]
  await watcher.listen(topic, plain)
  await changing.listen(topic, plain)
  stage.faults.realTiming = true

  const start = performance.now()
  const since = () => performance.now() - start
  outsider.send('realtime:', 'phx_join', { config: {} }, '1')
  changing.forget()
  changing.send(topic, 'access_token', { access_token: userToken(user1) })
  const delays: number[] = []
  for (let n = 0; n < 8; n++) {
    const before = performance.now()
    await add(n)
    await watcher.find(({ payload }) => payload.data?.record.n === n)
    delays.push(performance.now() - before)
  }
  await changing.system(topic, 'Subscribed to PostgreSQL')
  expect(since()).toBeGreaterThan(1_000)
  await outsider.find(({ event }) => event === 'phx_reply', 'refusal', 7_000)

  expect(since()).toBeGreaterThan(4_900)
  expect(Math.max(...delays)).toBeGreaterThan(60)
  expect(delays.toSorted((a, b) => a - b)[3]).toBeLessThan(700)
})

test('a hanging server keeps its sockets and says nothing', async () => {
  const client = await stage.connect()

  stage.faults.hanging = true
  client.send('phoenix', 'heartbeat', {})
  await new Promise((done) => setTimeout(done, 100))
  expect(client.frames).toHaveLength(0)
  expect(client.closed).toBeNull()

  stage.faults.reset()
  await client.reply(client.send('phoenix', 'heartbeat', {}))
})

test('frames can be lost, doubled, late and out of order', async () => {
  const client = await stage.connect()
  await client.listen('realtime:shaken', plain)
  const isChange = (frame: { topic: string; event: string }) =>
    frame.topic === 'realtime:shaken' && frame.event === 'postgres_changes'
  let seen = 0

  stage.faults.fate = (frame) => (isChange(frame) ? { lose: ++seen === 2 } : {})
  for (const n of [1, 2, 3]) await add(n)
  expect(numbers(await client.changes(2))).toEqual([1, 3])

  client.forget()
  stage.faults.fate = (frame) => ({ duplicate: isChange(frame) })
  await add(4)
  expect(numbers(await client.changes(2))).toEqual([4, 4])

  client.forget()
  seen = 0
  stage.faults.fate = (frame) => (isChange(frame) ? { delayMs: ++seen === 1 ? 150 : 0 } : {})
  for (const n of [5, 6]) await add(n)
  expect(numbers(await client.changes(2))).toEqual([6, 5])
})

test('a restart sends everyone away, refuses for a while, and serves again', async () => {
  const client = await stage.connect()
  await client.listen(topic, plain)

  const restarted = stage.faults.restart(300)
  expect(await client.closing()).toEqual({ code: 1012, reason: '' })
  expect(client.frames.at(-1)?.payload).toEqual({
    extension: 'system',
    status: 'ok',
    message: 'Server requested disconnect',
  })
  await expect(stage.connect()).rejects.toThrow()
  await restarted

  const again = await stage.connect()
  await again.listen(topic, plain)
  await add(7)
  expect(numbers(await again.changes(1))).toEqual([7])
})

test('a lost slot loses concurrent commits, and a second announcement reports it', async () => {
  const client = await stage.connect()
  await client.listen(topic, plain)
  client.forget()

  await stage.faults.loseSlot(200)
  await add(8)
  await client.system(topic, 'Subscribed to PostgreSQL')
  await add(9)

  expect(numbers(await client.changes(1))).toEqual([9])
})

test('tokens can end before their time, in use or not', async () => {
  const client = await stage.connect()
  await client.join(topic, {}, userToken(user1))

  await stage.faults.expireTokensEarly(3_600)

  expect((await client.system(topic)).payload.message).toMatch(/^Token has expired \d seconds ago$/)
  await client.find(({ event }) => event === 'phx_close')
  expect((await client.join('realtime:x', {}, KEYS.anonJwt)).payload.status).toBe('ok')
  expect((await client.join('realtime:y', {}, userToken(user1))).payload.response.reason).toContain(
    'Token has expired',
  )
})

test('a server that cannot reach its database does not start, and says why', async () => {
  const own = await openStage()
  const databaseUrl = Object.assign(new URL(own.databaseUrl), { username: 'nobody_at_all' }).href

  await expect(openStage({ databaseUrl, tables: false })).rejects.toThrow(/nobody_at_all/)

  await own.close()
})
