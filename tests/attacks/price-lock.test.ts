import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aNetwork, aToken, hold, rpc } from './support/api'
import { atMinute, onSale } from './support/goods'

const sql = connect(1)
afterAll(() => sql.end())

const raise = (variantId: string) =>
  sql`update public.variants set price_minor = 12000 where id = ${variantId}`
const cartOf = async (cart_token: string) =>
  (await rpc('read_cart', { cart_token })).data as {
    total_minor: number
    lines: { quantity: number; price_minor: number }[]
  }

/** The least that so many units may cost, when one was held at 12 and the price is 120 now. */
const least = (units: number) => 1200 + (units - 1) * 12_000

test.for([[5], [1, 1, 1, 1, 1], [2, 3]])(
  'units that are added after the price was corrected cost the new price: %j',
  async (steps) => {
    const variant_id = await onSale(sql, 20)
    const [cart_token, network] = [aToken(), aNetwork()]
    await hold({ variant_id, quantity: 1, cart_token, network })
    await raise(variant_id)

    for (const quantity of steps) await hold({ variant_id, quantity, cart_token, network })

    const cart = await cartOf(cart_token)
    const units = cart.lines.reduce((sum, line) => sum + line.quantity, 0)
    expect(cart.total_minor).toBeGreaterThanOrEqual(least(units))
  },
)

test('a hold that ran out and is made again costs the new price', async () => {
  const variant_id = await onSale(sql, 20)
  const [cart_token, network] = [aToken(), aNetwork()]
  await hold({ variant_id, quantity: 2, cart_token, network })
  await raise(variant_id)

  await atMinute(sql, 25, async () => {
    await rpc('extend_hold', { cart_token })
    const cart = await cartOf(cart_token)
    expect(cart.total_minor).toBe(2 * 12_000)
  })
})

test('units given back and taken again cost the new price', async () => {
  const variant_id = await onSale(sql, 20)
  const [cart_token, network] = [aToken(), aNetwork()]
  await hold({ variant_id, quantity: 3, cart_token, network })
  await raise(variant_id)
  await rpc('release_hold', { variant_id, cart_token, quantity: 2, idempotency_key: crypto.randomUUID() })

  await hold({ variant_id, quantity: 2, cart_token, network })

  expect((await cartOf(cart_token)).total_minor).toBeGreaterThanOrEqual(least(3))
})
