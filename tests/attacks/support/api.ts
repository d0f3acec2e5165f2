import { randomBytes, randomUUID } from 'node:crypto'
import { accountBySql, callBySql, isDatabaseOnly } from './by-sql'

const setting = (name: string) => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run these by "npx vitest run --project attacks".`)
  return value
}
export const shopUrl = () => setting('ATTACKED_SHOP_URL')

export type Answer = { status: number; text: string; ms: number; data: unknown }
/** With which key or session something is asked. `server` is the shop's own server, which speaks for guests. */
export type Key = 'anon' | 'server' | { session: string }

/** Asks the Data API or Auth, as anybody with this key can. */
export async function ask(path: string, key: Key, body?: unknown): Promise<Answer> {
  const apikey =
    key === 'server' ? setting('SUPABASE_SECRET_KEY') : setting('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY')
  const begun = performance.now()
  const response = await fetch(setting('NEXT_PUBLIC_SUPABASE_URL') + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      apikey,
      ...(typeof key === 'object' && { authorization: `Bearer ${key.session}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, ms: performance.now() - begun, data: readJson(text) }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Calls a function of the API with these arguments, or with this text of them. */
export async function rpc(name: string, args: object | string, key: Key = 'server'): Promise<Answer> {
  if (!isDatabaseOnly()) return ask(`/rest/v1/rpc/${name}`, key, args)
  const caller =
    typeof key === 'object'
      ? { role: 'authenticated' as const, userId: key.session }
      : { role: key === 'server' ? ('service_role' as const) : ('anon' as const) }
  const begun = performance.now()
  const answer = await callBySql(name, typeof args === 'string' ? args : JSON.stringify(args), caller)
  return { ...answer, text: JSON.stringify(answer.data), ms: performance.now() - begun }
}

/** Makes an account, or signs in to one; its session. */
export async function session(email: string, password = 'shopper-pw-1', path = 'signup'): Promise<string> {
  if (isDatabaseOnly()) return accountBySql(email)
  const { data, text } = await ask(`/auth/v1/${path}`, 'anon', { email, password })
  const token = (data as { access_token?: string }).access_token
  if (!token) throw new Error(`${email} cannot sign in: ${text}`)
  return token
}

export const aToken = () => randomBytes(32).toString('base64url')
/** As the shop's server names the network of a caller. */
export const aNetwork = () => randomBytes(16).toString('hex')

export type Held = { variant_id: string; quantity: number; cart_token: unknown; network?: string }
type InCall = {
  cart?: {
    lines: { held: number; price_minor: number; total_minor: number; expires_at: string | null }[]
    total_minor: number
  }
  order?: { order_id: string; number: number; status: string }
  refused?: { status: number; code: string; detail: Record<string, unknown> }
}

/** Holds as the shop's server asks for them; what became of each, or the one refusal of them all. */
export async function hold(...asked: Held[]): Promise<InCall[]> {
  const requests = asked.map((each) => ({ idempotency_key: randomUUID(), ...each }))
  return inCall(await rpc('hold_stocks', { requests }), asked.length)
}

/** Orders as the shop's server places them. */
export async function place(...asked: Record<string, unknown>[]): Promise<InCall[]> {
  const requests = asked.map((each) => ({
    contact: { email: `${aToken().slice(0, 9).toLowerCase()}@guest.test`, name: 'Jane Doe' },
    payment: 'on_collection',
    idempotency_key: randomUUID(),
    order_token: aToken(),
    ...each,
  }))
  return inCall(await rpc('place_orders', { requests }), asked.length)
}

function inCall({ status, data }: Answer, size: number): InCall[] {
  if (status === 200) return data as InCall[]
  const { message, details } = data as { message: string; details?: string }
  const refused = {
    status,
    code: message,
    detail: (readJson(details ?? '{}') ?? {}) as Record<string, unknown>,
  }
  return Array.from({ length: size }, () => ({ refused }))
}

/** The cookies of an Auth session. */
export async function staffCookie(role: 'viewer' | 'stock' | 'manager'): Promise<string> {
  const { data } = await ask('/auth/v1/token?grant_type=password', 'anon', {
    email: `${role}@onhand.test`,
    password: 'onhand-demo',
  })
  const value = `base64-${Buffer.from(JSON.stringify(data)).toString('base64url')}`
  const host = new URL(setting('NEXT_PUBLIC_SUPABASE_URL')).hostname.split('.')[0]
  return (value.match(/.{1,3180}/g) ?? [])
    .map((part, n, { length }) => `sb-${host}-auth-token${length > 1 ? `.${n}` : ''}=${part}`)
    .join('; ')
}
