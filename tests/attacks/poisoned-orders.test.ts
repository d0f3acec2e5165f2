import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorWords } from '@/app/staff/words'
import { connect } from '@/tests/support/database'
import { aToken, hold, place, staffCookie } from './support/api'
import { address, drift, onSale } from './support/goods'
import { visit } from './support/server'

const sql = connect(2)
let variantId = ''
let manager = ''
beforeAll(async () => {
  variantId = await onSale(sql, 400)
  manager = await staffCookie('manager')
})
afterAll(() => sql.end())

const aCart = async () => {
  const cart_token = aToken()
  await hold({ variant_id: variantId, quantity: 1, cart_token })
  return { cart_token }
}
const delivered = (more: object = {}) => ({ method: 'delivery', address: { ...address, ...more } })

const long = 'x'.repeat(1_000_000)
/** A request that was sent once, and the parts of it that must not be kept. */
const poisons: [what: string, Record<string, unknown>][] = [
  [
    'an address of objects',
    { delivery: delivered({ line1: { a: 1 }, postcode: [1], city: true, country: 5 }) },
  ],
  ['an address with null and numbers', { delivery: delivered({ postcode: 9000, country: null }) }],
  ['a megabyte beside the address', { delivery: delivered({ junk: long }) }],
  ['a megabyte beside the contact', { contact: { email: 'a@evil.test', name: 'A', junk: long } }],
  ['a megabyte in the delivery', { delivery: { ...delivered(), junk: long } }],
  [
    'a name that ends in a million blanks',
    { contact: { email: 'a@evil.test', name: `A${' '.repeat(1e6)}` } },
  ],
  ['a town that begins with a million blanks', { delivery: delivered({ city: `${' '.repeat(1e6)}B` }) }],
  ['a name of lines', { contact: { email: 'a@evil.test', name: 'A\r\nB\u0007' } }],
  ['an e-mail of two lines', { contact: { email: 'a@evil.test\r\nBcc: x@y.test', name: 'A' } }],
  ['a contact of objects', { contact: { email: ['a@b'], name: { a: 1 } } }],
  ['a contact that is text', { contact: 'x' }],
  ['a phone that is a list', { contact: { email: 'a@evil.test', name: 'A', phone: [1, 2] } }],
  ['markup in the name', { contact: { email: 'a@evil.test', name: '"><img src=x onerror=alert(1)>' } }],
]

test.for(poisons)(
  '%s leaves no order that staff cannot open, and nothing large',
  { timeout: 60_000 },
  async ([, poison]) => {
    const [answer] = await place({ ...(await aCart()), delivery: delivered(), payment: 'sandbox', ...poison })

    expect(answer?.refused?.status ?? 200).toBeLessThan(500)
    const id = answer?.order?.order_id
    if (!id) return
    const page = await visit(`/staff/orders/${id}`, { headers: { cookie: manager } })
    expect([page.status, page.text.includes(errorWords.somethingWentWrong)]).toEqual([200, false])
    expect(page.text).not.toContain('<img src=x')
    const [kept] = await sql`select length(to_jsonb(orders)::text) as bytes,
      (select max(length(request::text) + length(response::text)) from private.idempotency_keys where response ->> 'order_id' = ${id}) as key_bytes
    from public.orders where id = ${id}`
    expect(Number(kept?.bytes)).toBeLessThan(4000)
    expect(Number(kept?.key_bytes)).toBeLessThan(4000)
  },
)

test('after all of them every page of staff answers', { timeout: 60_000 }, async () => {
  const pages = [
    '',
    '/orders',
    '/dashboard',
    '/audit',
    '/import',
    '/export',
    '/people',
    '/products',
    '/receive',
    '/counts',
  ]
  for (const path of pages) {
    const { status, text } = await visit(`/staff${path}`, { headers: { cookie: manager } })
    expect([path, status, text.includes(errorWords.somethingWentWrong)]).toEqual([path, 200, false])
  }
  expect(await drift(sql, variantId)).toEqual([])
})
