import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { JWT_SECRET } from 'embedded-supabase/keys'
import { freePort } from 'embedded-supabase/ports'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from '@/bench/shopping/browser'
import { crowd } from '@/bench/shopping/crowd'
import { putOnSale } from '@/bench/shopping/goods'
import { addForm, Guest, refusalOn } from '@/bench/shopping/guest'
import { type Shop, startShop } from '@/commands/shop/shop'
import { type RoundRobin, startRoundRobin } from '@/tests/support/round-robin'
import { until } from '@/tests/support/until'
import { oneUnit, sessionCookie } from './support/shop'

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 2, onnotice: () => undefined })
let balancer: RoundRobin
let servers: Shop[]

const startServer = async () =>
  startShop({
    mode: 'start',
    port: await freePort(),
    env: { SITE_URL: balancer.url, SANDBOX_PAYMENTS: 'on', TRUSTED_PROXIES: '1' },
  })

beforeAll(async () => {
  balancer = await startRoundRobin()
  servers = await Promise.all([startServer(), startServer(), startServer()])
  for (const { url } of servers) balancer.add(url)
})
afterAll(async () => {
  balancer.stop()
  await Promise.all(servers.map(({ stop }) => stop()))
  await sql.end()
})

const ownNetwork = () => {
  const [a = 0, b = 0, c = 0] = randomBytes(3)
  return { 'x-forwarded-for': `10.${a}.${b}.${c}` }
}

const addToCart = (server: string, variantId: string, cart: string, key?: string) =>
  fetch(
    `${server}/cart/add`,
    oneUnit(variantId, { cookie: `cart=${cart}`, origin: balancer.url, ...ownNetwork() }, key),
  )

const aCart = () => randomBytes(32).toString('base64url')
const heldOf = async (variantId: string) =>
  (
    await sql`select coalesce(sum(held), 0)::int as held from public.stock_levels where variant_id = ${variantId}`
  )[0]?.held

test('a key that reaches all servers at once takes effect once', async () => {
  const { variantId } = await putOnSale(sql, 50)
  const [key, cart] = [randomUUID(), aCart()]

  const answers = await Promise.all(
    [...servers, ...servers].map(({ url }) => addToCart(url, variantId, cart, key)),
  )

  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303))
  expect(await heldOf(variantId)).toBe(1)
})

test('an expired session that reaches all servers at once signs nobody out', async () => {
  const cookie = await expired(await sessionCookie('manager@onhand.test'))

  const pages = await Promise.all(
    servers.map(({ url }) => fetch(`${url}/staff`, { headers: { cookie }, redirect: 'manual' })),
  )

  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('a sale goes on while every server is replaced, one after the other', { timeout: 120_000 }, async () => {
  const units = 100
  const { path, variantId } = await putOnSale(sql, units)
  const form = await addForm(balancer.url, path)
  let isReplaced = false
  let isSoldOut = false
  const failed: string[] = []

  const replacing = replaceServers().then(() => {
    isReplaced = true
  })
  const outcomes = await crowd(5_000, 8, async (n) => {
    if (isReplaced && isSoldOut) return null
    const guest = new Guest(balancer.url, `several-${n}`, ownNetwork())
    const added = await guest.add(path, form)
    const back = await guest.follow(added)
    const isHeld = back.status === 200 && refusalOn(back) === null
    const checkout = await guest.checkout()
    const bought = isHeld ? await payPatiently(guest, checkout) : null
    for (const page of [added, back, checkout, ...(bought ? [bought] : [])]) {
      if (page.status >= 400) failed.push(`${page.status} ${page.path} ${page.html.slice(0, 200)}`)
    }
    isSoldOut ||= !bought
    return bought?.location
  })
  await replacing

  expect(failed).toEqual([])
  expect(outcomes.filter((location) => location?.startsWith('/orders/'))).toHaveLength(units)
  expect(await soldOf(variantId)).toBe(units)
  expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
  expect(balancer.served().size).toBe(6)
})

/** As a shopper does who is told to wait: on a machine that does more than this, a lock can take too long. */
async function payPatiently(guest: Guest, checkout: Page): Promise<Page> {
  const page = await guest.pay(checkout)
  return page.status === 503 && page.html.startsWith('Too many requests')
    ? payPatiently(guest, checkout)
    : page
}

async function replaceServers(): Promise<void> {
  for (const old of [...servers]) {
    const next = await startServer()
    balancer.add(next.url)
    await balancer.remove(old.url)
    await old.stop()
    servers.splice(servers.indexOf(old), 1, next)
  }
}

const soldOf = async (variantId: string) =>
  (
    await sql`select coalesce(sum(quantity), 0)::int as sold from public.order_items where variant_id = ${variantId}`
  )[0]?.sold

test('a server that is told to stop finishes what it has begun', async () => {
  const { variantId } = await putOnSale(sql, 5)
  const server = await startServer()
  await addToCart(server.url, variantId, aCart())

  const { status } = await sql
    .begin(async (tx) => {
      await tx`select from public.stock_levels where variant_id = ${variantId} for update`
      const answer = addToCart(server.url, variantId, aCart())
      await until(() => isWaitedFor(tx))
      const stopped = server.stop()
      await until(async () => !(await isListening(server)))
      return { answer, stopped }
    })
    .then(async ({ answer, stopped }) => {
      await stopped
      return answer
    })

  expect(status).toBe(303)
  expect(await heldOf(variantId)).toBe(2)
})

/** Whether another transaction waits for a lock of this one. */
async function isWaitedFor(tx: postgres.TransactionSql): Promise<boolean> {
  const waiting =
    await tx`select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`
  return waiting.length > 0
}

async function isListening({ url }: Shop): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const isConnected = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return isConnected
}

/** The cookie of the same session an hour later: its access token has run out. */
async function expired(cookie: string): Promise<string> {
  const [name = '', value = ''] = cookie.split('=base64-')
  const session = JSON.parse(Buffer.from(value, 'base64url').toString()) as {
    access_token: string
    expires_at: number
  }
  const [head = '', claims = ''] = session.access_token.split('.')
  const anHourAgo = Math.floor(Date.now() / 1000) - 3600
  const old = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), exp: anHourAgo }
  const signed = `${head}.${Buffer.from(JSON.stringify(old)).toString('base64url')}`
  const signature = createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')
  const ended = { ...session, access_token: `${signed}.${signature}`, expires_at: anHourAgo, expires_in: 0 }
  return `${name}=base64-${Buffer.from(JSON.stringify(ended)).toString('base64url')}`
}
