import { randomBytes, randomUUID } from 'node:crypto'
import { freePort } from 'embedded-supabase/ports'
import { afterAll, beforeAll } from 'vitest'
import { type Shop, startShop } from '@/commands/shop/shop'
import { DEMO_PASSWORD } from '@/commands/stack/demo-staff'
import { startFaultProxy } from './fault-proxy'

export interface Seen {
  status: number
  headers: Headers
  html: string
  ms: number
}

/** The built shop, with the API behind a proxy that can fail, for the tests of one file. */
export function aShop(apiUrl = async () => process.env.NEXT_PUBLIC_SUPABASE_URL ?? '') {
  let shop: Shop
  let api: Awaited<ReturnType<typeof startFaultProxy>>

  beforeAll(async () => {
    api = await startFaultProxy(await apiUrl())
    const env = { NEXT_PUBLIC_SUPABASE_URL: api.url, SANDBOX_PAYMENTS: 'on' }
    shop = await startShop({ mode: 'start', port: await freePort(), env })
  })
  afterAll(async () => {
    await shop.stop()
    api.stop()
  })

  async function ask(path: string, init: RequestInit = {}): Promise<Seen> {
    const begun = performance.now()
    const answer = await fetch(`${shop.url}${path}`, { redirect: 'manual', ...init })
    const html = await answer.text()
    return { status: answer.status, headers: answer.headers, html, ms: performance.now() - begun }
  }

  return {
    ask,
    url: () => new URL(shop.url),
    fail: (fault: Parameters<typeof api.set>[0]) => api.set(fault),
    leadTo: (apiUrl: string) => api.lead(apiUrl),

    /** Puts one unit of a variant into a cart, as the form does without JavaScript. */
    addToCart(variantId: string, cookie = `cart=${randomBytes(32).toString('base64url')}`): Promise<Seen> {
      return ask('/cart/add', oneUnit(variantId, { cookie, origin: shop.url }))
    },

    /** Drops every cached read of the catalogue, so that the next page has to ask. */
    async forgetCatalogue(): Promise<void> {
      const authorization = `Bearer ${process.env.SUPABASE_SECRET_KEY}`
      const { status } = await ask('/api/revalidate', { method: 'POST', headers: { authorization } })
      if (status !== 204) throw new Error(`the cache could not be dropped: ${status}`)
    },
  }
}

/** The request of the form that puts one unit into a cart. */
export function oneUnit(
  variantId: string,
  headers: { cookie: string; origin: string },
  key: string = randomUUID(),
): RequestInit {
  const fields = { variant_id: variantId, quantity: '1', idempotency_key: key, page: '/cart' }
  return {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  }
}

/** The cookies that a response sets, as a browser sends them back. */
export function cookiesOf({ headers }: Seen): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** Text of a page without its markup and scripts. */
export function textOf({ html }: Seen): string {
  return html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#x27;', "'")
}

/** The session of a person, as the shop's own cookie keeps it. */
export async function sessionCookie(email: string): Promise<string> {
  const answer = await fetch(`${process.env.NEXT_PUBLIC_SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: {
      apikey: process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? '',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  })
  const session = Buffer.from(await answer.text()).toString('base64url')
  return `sb-127-auth-token=base64-${session}`
}
