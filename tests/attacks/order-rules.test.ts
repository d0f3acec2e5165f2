import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aToken, hold, place, rpc } from './support/api'
import { address, collection, countsOf, onSale } from './support/goods'

const sql = connect(2)
let variantId = ''
beforeAll(async () => {
  variantId = await onSale(sql, 400)
})
afterAll(() => sql.end())

const aCart = async () => {
  const cart_token = aToken()
  await hold({ variant_id: variantId, quantity: 1, cart_token })
  return { cart_token }
}
const delivered = (more: object = {}) => ({ method: 'delivery', address: { ...address, ...more } })

test.for([
  ['a delivery', delivered()],
  ['a delivery named in another case', { ...delivered(), method: 'DELIVERY' }],
  ['a delivery that also names a counter', { ...delivered(), ...collection, method: 'delivery' }],
] as const)('%s cannot be paid on collection', async ([, delivery]) => {
  const [answer] = await place({ ...(await aCart()), delivery, payment: 'on_collection' })

  expect(answer?.order).toBeUndefined()
  expect(answer?.refused?.status).toBeGreaterThanOrEqual(400)
  expect(answer?.refused?.status).toBeLessThan(500)
})

test('a provider that is switched off takes no order, whoever asks', async () => {
  await sql`update private.payment_providers set enabled = false where provider = 'sandbox'`
  try {
    const [answer] = await place({ ...(await aCart()), delivery: delivered(), payment: 'sandbox' })
    expect(answer?.refused?.status).toBe(422)
  } finally {
    await sql`update private.payment_providers set enabled = true where provider = 'sandbox'`
  }
})

test.for([0, -1, 100, 2_147_483_648, 1.5, 'NaN', 'Infinity', null, [], {}, '1e3'])(
  'a hold of %j units is refused as wrong input',
  async (quantity) => {
    const { status, data } = await rpc('hold_stocks', {
      requests: [{ variant_id: variantId, quantity, cart_token: aToken(), idempotency_key: randomUUID() }],
    })
    const [kept] =
      await sql`select count(*)::int as lines from public.cart_lines where quantity not between 1 and 99`
    // Another type is a call that is refused; another number is a request that is.
    if (status === 200) expect(data).toMatchObject([{ refused: { status: 422, code: 'invalid_input' } }])
    else expect([status, (data as { message: string }).message]).toEqual([422, 'invalid_input'])
    expect(Number(kept?.lines)).toBe(0)
  },
)

test.for(['hold_stocks', 'place_orders'])('%s refuses what is no list of requests, quickly', async (name) => {
  const bombs = [
    null,
    [],
    {},
    Array(101).fill({}),
    [null],
    [1],
    [[]],
    'x',
    JSON.parse('['.repeat(500) + ']'.repeat(500)),
  ]
  for (const requests of bombs) {
    const { status, ms, text } = await rpc(name, { requests })
    expect([status === 200 ? /refused/.test(text) : status >= 400 && status < 500, ms < 1000]).toEqual([
      true,
      true,
    ])
  }
})

test('one bad request among many is named, and nothing is held by halves', async () => {
  // The shop's server sends each of them alone again (lib/domain/core/together.ts).
  const good = () => ({
    variant_id: variantId,
    quantity: 1,
    cart_token: aToken(),
    idempotency_key: randomUUID(),
  })
  for (const [bad, field] of [
    [{ ...good(), variant_id: 'x' }, 'variant_id'],
    [{ ...good(), quantity: '1e3' }, 'quantity'],
    [{ ...good(), idempotency_key: [] }, 'idempotency_key'],
    [1, 'request'],
  ] as const) {
    const before = await countsOf(sql, variantId)
    const { status, data } = await rpc('hold_stocks', { requests: [good(), bad] })
    const { message, details } = data as { message: string; details: string }
    expect([status, message, JSON.parse(details).field]).toEqual([
      422,
      'invalid_input',
      `requests[1].${field}`,
    ])
    expect(await countsOf(sql, variantId)).toEqual(before)
  }
})
