import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aNetwork, aToken, hold, place, rpc } from './support/api'
import { atMinute, collection, countsOf, drift, limits, networkShare, onSale } from './support/goods'

const sql = connect(2)
afterAll(() => sql.end())

test('nobody fills a cart past the shop: the functions are not for the world', async () => {
  const variant_id = await onSale(sql, 9)
  const request = { variant_id, quantity: 9, idempotency_key: randomUUID(), cart_token: aToken() }

  const answers = [
    await rpc('hold_stock', request, 'anon'),
    await rpc('hold_stocks', { requests: [request] }, 'anon'),
  ]

  for (const { status } of answers) expect([401, 403, 404]).toContain(status)
  expect(await countsOf(sql, variant_id)).toMatchObject({ held: 0, available: 9 })
})

test('two hundred guests of one network hold their share of a variant, and not more', {
  timeout: 60_000,
}, async () => {
  const variant_id = await onSale(sql, 400)
  const network = aNetwork()

  for (let n = 0; n < 10; n++) {
    await hold(
      ...Array.from({ length: 20 }, () => ({ variant_id, quantity: 5, cart_token: aToken(), network })),
    )
  }

  const { held, available } = await countsOf(sql, variant_id)
  expect(held).toBeLessThanOrEqual(await networkShare(sql, 400))
  expect(available).toBeGreaterThanOrEqual(300)
})

test('a refused hold does not tell how many units there are', async () => {
  const variant_id = await onSale(sql, 61)

  const [answer] = await hold({ variant_id, quantity: 99, cart_token: aToken(), network: aNetwork() })

  expect(answer?.refused?.status).toBe(409)
  expect(answer?.refused?.detail).not.toMatchObject({ short: [{ left: 61 }] })
})

test('a hold cannot be renewed for ever: not by signs of life, not by asking again', {
  timeout: 60_000,
}, async () => {
  const variant_id = await onSale(sql, 8)
  const [cart_token, network] = [aToken(), aNetwork()]
  const again = () => hold({ variant_id, quantity: 1, cart_token, network })
  await again()

  for (const minute of [9, 18, 27, 29, 31, 36]) {
    await atMinute(sql, minute, async () => {
      await rpc('extend_hold', { cart_token })
      if (minute > 29) await again()
    })
  }

  const [held] = await sql`select coalesce(max(expires_at), now()) < now() + interval '34 minutes' as ends
    from public.claims where variant_id = ${variant_id}`
  expect(held?.ends).toBe(true)
  // Neither by releasing it and adding it again.
  await atMinute(sql, 37, async () => {
    await rpc('release_hold', { variant_id, cart_token, idempotency_key: randomUUID() })
    await again()
    const [{ lives } = {}] = await sql`select exists (select from public.claims
      where variant_id = ${variant_id} and expires_at > private.clock()) as lives`
    expect(lives).toBe(false)
  })
})

test('one network does not commit a whole variant in unpaid orders', { timeout: 60_000 }, async () => {
  const variant_id = await onSale(sql, 100)
  const network = aNetwork()
  const tokens = Array.from({ length: 90 }, () => aToken())
  await hold(...tokens.map((cart_token) => ({ variant_id, quantity: 1, cart_token, network })))

  const answers = await place(...tokens.map((cart_token) => ({ cart_token, network, delivery: collection })))

  const placed = answers.filter((answer) => answer.order)
  expect(placed.length).toBeLessThanOrEqual((await limits(sql)).unpaid_orders)
  expect((await countsOf(sql, variant_id)).committed).toBeLessThanOrEqual(25)
  expect(await drift(sql, variant_id)).toEqual([])
})

test('nor in one large order, nor with an e-mail address of a confirmed account', async () => {
  const variant_id = await onSale(sql, 100, null, 90_000)
  const cart_token = aToken()
  await hold({ variant_id, quantity: 20, cart_token, network: aNetwork() })

  const [answer] = await place({
    cart_token,
    delivery: collection,
    contact: { email: 'manager@onhand.test', name: 'Not Mara' },
    proof: 'true',
  })

  expect(answer?.order).toBeUndefined()
})

test('an unpaid order that nobody confirms lets its units go', async () => {
  const variant_id = await onSale(sql, 5)
  const cart_token = aToken()
  await hold({ variant_id, quantity: 2, cart_token, network: aNetwork() })
  await place({ cart_token, delivery: collection })

  const after = await atMinute(sql, 61 * 24 * 60, async () => {
    // One overdue order a call.
    for (let calls = 0, left: unknown = null; calls < 200 && left !== 0; calls++) {
      const [row] = await sql`select public.release_expired_holds() as units`
      left = row?.units
    }
    return countsOf(sql, variant_id)
  })

  expect(after).toMatchObject({ committed: 0, available: 5 })
  expect(await drift(sql, variant_id)).toEqual([])
})
