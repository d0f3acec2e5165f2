import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '@/tests/kernel/history/world'

/** A guest who has been told how it ended: the order's id, or null when the shop refused. */
export type Visit = {
  email: string
  variantId: string
  orderId: string | null
  /** Sends the checkout form once more, like a shopper who never saw the response. */
  again: () => Promise<string | null>
}

/** Long enough for everything to come up again. */
const MOST_ATTEMPTS = 1200
/** After which nobody waits for a reply any more. */
const PATIENCE_MS = 10_000

/**
 * One unit, from the product's page to the order, over HTTP by the pages' own forms without JavaScript. A request
 * without a response is sent again, the same form with the same key.
 */
export async function visit(site: string, world: World, n: number): Promise<Visit> {
  const variantId = world.variants[n % world.variants.length] ?? ''
  const email = `guest-${n}-${randomUUID().slice(0, 8)}@web.${world.domain}`
  const cookies = new Map([['cart', randomBytes(32).toString('base64url')]])
  const product = `${site}/products/${world.handle}`

  const adding = formWith('variant_id', await read(product, cookies))
  if (!adding) throw new Error(`${product} has no form to add to the cart`)
  const add = { ...adding.fields, variant_id: variantId, quantity: '1', idempotency_key: randomUUID() }
  await post(new URL(adding.action, product), add, cookies)
  const checkout = `${site}/checkout`
  const form = formWith('expected_total_minor', await read(checkout, cookies))
  // Nothing could be held, so the cart is empty.
  if (!form) return { email, variantId, orderId: null, again: async () => null }
  const fields = {
    ...form.fields,
    name: 'Ada',
    email,
    handover: world.locations[0],
    payment: 'on_collection',
  }
  const address = new URL(form.action, checkout)
  const order = async () => /\/orders\/([\w-]+)/.exec(await post(address, fields, cookies))?.[1] ?? null
  return { email, variantId, orderId: await order(), again: order }
}

/** The page, once it comes whole. */
async function read(url: string, cookies: Map<string, string>): Promise<string> {
  const reply = await untilAnswered(url, cookies)
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}`)
  return reply.text
}

/** Where the form leads. */
async function post(url: URL, fields: Record<string, string>, cookies: Map<string, string>): Promise<string> {
  const reply = await untilAnswered(url, cookies, fields)
  if (reply.status !== 303 || !reply.location) throw new Error(`${url} answered a form with ${reply.status}`)
  return reply.location
}

/** No reply, half of one, or an apology (5xx) tells nobody what became of the request. */
async function untilAnswered(
  url: string | URL,
  cookies: Map<string, string>,
  fields?: Record<string, string>,
) {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const reply = await send(url, cookies, fields).catch(unlessLost)
    if (reply && reply.status < 500) return reply
    await sleep(100)
  }
  throw new Error(`${url} never answered`)
}

/** Errors that fetch throws when a connection ends, and when a timeout does. */
function unlessLost(error: unknown): undefined {
  if (error instanceof TypeError || error instanceof DOMException) return undefined
  throw error
}

async function send(url: string | URL, cookies: Map<string, string>, fields?: Record<string, string>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields ?? {})) body.append(name, value)
  const reply = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: new URL(url).origin,
    },
    ...(fields && { method: 'POST', body }),
  })
  const text = await reply.text()
  for (const cookie of reply.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    cookies.set(name, value)
  }
  return { status: reply.status, location: reply.headers.get('location'), text }
}

/** Where the form that has a field of this name is sent, and its hidden fields. */
function formWith(
  name: string,
  page: string,
): { action: string; fields: Record<string, string> } | undefined {
  const [form] = (page.match(/<form[\s\S]*?<\/form>/g) ?? []).filter((each) =>
    each.includes(`name="${name}"`),
  )
  if (!form) return undefined
  const hidden = form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []
  return {
    action: attribute(form, 'action'),
    fields: Object.fromEntries(hidden.map((input) => [attribute(input, 'name'), attribute(input, 'value')])),
  }
}

function attribute(tag: string, name: string): string {
  const [, text = ''] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? []
  return text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
}
