import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aToken, hold, place, rpc } from './support/api'
import { collection, drift, onSale } from './support/goods'

const sql = connect(2)
afterAll(() => sql.end())

let variantId = ''
beforeEach(async () => {
  variantId = await onSale(sql, 6)
})

const hex = randomBytes(20).toString('hex')
/** The same secret as text, and as other JSON that prints as that text. */
const spellings: [what: string, text: string, json: string][] = [
  ['an object', `{"t": "${hex}"}`, `{"t":"${hex}"}`],
  ['a list', `["${hex}"]`, `["${hex}"]`],
  ['forty digits', `1${'7'.repeat(39)}`, `1${'7'.repeat(39)}`],
]

const orders = async () => {
  const [row] =
    await sql`select count(distinct order_id)::int as orders, coalesce(sum(quantity), 0)::int as units
    from public.order_items where variant_id = ${variantId}`
  return { orders: Number(row?.orders), units: Number(row?.units) }
}

const order = (token: string, n: number) =>
  `{"contact":{"email":"twice${n}@evil.test","name":"Twice"},"delivery":${JSON.stringify(collection)},"payment":"on_collection",
    "idempotency_key":"${randomUUID()}","order_token":"${aToken()}","cart_token":${token}}`

test.for(spellings)(
  'one cart named as text and as %s in one call is ordered once at most',
  async ([, text, json]) => {
    await hold({ variant_id: variantId, quantity: 3, cart_token: text })

    await rpc('place_orders', `{"requests":[${order(JSON.stringify(text), 1)},${order(json, 2)}]}`)

    expect((await orders()).units).toBeLessThanOrEqual(3)
    expect(await drift(sql, variantId)).toEqual([])
  },
)

test.for(spellings)(
  'one cart named as text and as %s in one call is filled as if it were asked twice',
  async ([, text, json]) => {
    const request = (token: string) =>
      `{"variant_id":"${variantId}","quantity":3,"idempotency_key":"${randomUUID()}","cart_token":${token}}`

    await rpc('hold_stocks', `{"requests":[${request(JSON.stringify(text))},${request(json)}]}`)

    const [held] =
      await sql`select coalesce(sum(quantity), 0)::int as units, count(distinct cart_id)::int as carts
    from public.claims where variant_id = ${variantId}`
    expect(Number(held?.carts)).toBeLessThanOrEqual(1)
    expect(await drift(sql, variantId)).toEqual([])
  },
)

test('one key in two spellings is one order', async () => {
  const [one, other] = [aToken(), aToken()]
  await hold(
    { variant_id: variantId, quantity: 1, cart_token: one },
    { variant_id: variantId, quantity: 1, cart_token: other },
  )
  const key = randomUUID()

  const answers = await place(
    { cart_token: one, delivery: collection, idempotency_key: key },
    { cart_token: other, delivery: collection, idempotency_key: key.toUpperCase() },
  )

  expect(answers.filter((answer) => answer.order)).toHaveLength(1)
  expect(await drift(sql, variantId)).toEqual([])
})

test('one cart ordered by many calls at once is ordered once', async () => {
  const token = aToken()
  await hold({ variant_id: variantId, quantity: 3, cart_token: token })

  await Promise.all(Array.from({ length: 12 }, () => place({ cart_token: token, delivery: collection })))

  expect(await orders()).toEqual({ orders: 1, units: 3 })
  expect(await drift(sql, variantId)).toEqual([])
})
