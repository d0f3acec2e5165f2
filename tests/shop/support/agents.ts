import { randomInt, randomUUID } from 'node:crypto'
import { freePort } from 'embedded-supabase/ports'
import { JSDOM } from 'jsdom'
import type { Sql } from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { type Shop, startShop } from '@/commands/shop/shop'
import { COUNTER } from '@/tests/attacks/support/goods'

/** An answer of the shop to an agent. The body is read as the test needs it. */
export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the protocol, which each test reads where it needs it.
  body: any
}

export const collectAt = (location: string) => ({
  methods: [{ type: 'pickup', selected_destination_id: location }],
})
export const jane = { first_name: 'Jane', last_name: 'Doe', email: 'jane@buyer.test' }
export const lines = (...wanted: [variant: string, quantity: number][]) =>
  wanted.map(([id, quantity]) => ({ item: { id }, quantity }))

/** A network that no other test calls from. */
export const anAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`

/** The built shop behind a proxy that it trusts, for the tests of one file. */
export function aShopForAgents(sql: Sql) {
  let shop: Shop
  let place = COUNTER
  beforeAll(async () => {
    const [row] = await sql<{ id: string }[]>`
      select id from public.locations where active and address <> '' order by position limit 1`
    place = row?.id ?? COUNTER
    const env = { TRUSTED_PROXIES: '1', SANDBOX_PAYMENTS: 'on' }
    shop = await startShop({ mode: 'start', port: await freePort(), env })
  })
  afterAll(() => shop.stop())

  const ask = async (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, shop.url), { redirect: 'manual', ...init })

  /** Presses the button on the page of `continue_url`, as a browser without JavaScript does. */
  async function pressOn(address: string): Promise<Response> {
    const page = new JSDOM(await (await ask(address)).text(), { contentType: 'text/html' })
    const form = page.window.document.querySelector('input[name=token]')?.closest('form')
    const fields = new FormData()
    for (const { name, value } of form?.querySelectorAll('input') ?? []) fields.append(name, value)
    return ask(address, { method: 'POST', body: fields, headers: { origin: shop.url } })
  }

  /** An agent with its own profile, at its own network. */
  function anAgent({ profile = `https://${randomUUID()}.test/profile`, address = anAddress() } = {}) {
    async function call(
      method: string,
      path: string,
      { body, key, headers }: { body?: unknown; key?: string; headers?: Record<string, string> } = {},
    ): Promise<Answer> {
      const answer = await ask(`/ucp${path}`, {
        method,
        headers: {
          'ucp-agent': `profile="${profile}"`,
          'x-forwarded-for': address,
          'content-type': 'application/json',
          ...(key && { 'idempotency-key': key }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.startsWith('application/json')
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null }
    }
    return {
      call,
      create: (body: unknown, key?: string) =>
        call('POST', '/checkout-sessions', { body, ...(key && { key }) }),
      get: (id: string) => call('GET', `/checkout-sessions/${id}`),
      replace: (id: string, body: unknown, key?: string) =>
        call('PUT', `/checkout-sessions/${id}`, { body, ...(key && { key }) }),
      complete: (id: string, key: string = randomUUID(), body: unknown = payOnCollection) =>
        call('POST', `/checkout-sessions/${id}/complete`, { body, key }),
      cancel: (id: string, key: string = randomUUID()) =>
        call('POST', `/checkout-sessions/${id}/cancel`, { key }),
    }
  }
  /** A checkout that lacks nothing: so many of a variant, for a person who collects them. */
  const whole = (variant: string, quantity = 1) => ({
    line_items: lines([variant, quantity]),
    buyer: jane,
    fulfillment: collectAt(place),
  })
  return { ask, pressOn, anAgent, whole, place: () => place, url: () => new URL(shop.url) }
}

export const payWith = (handler_id: string) => ({
  payment: { instruments: [{ id: 'one', handler_id, type: handler_id, selected: true }] },
})
export const payOnCollection = payWith('pay_on_collection')
