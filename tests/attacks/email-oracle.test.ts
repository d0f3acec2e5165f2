import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { aNetwork, aToken, hold, place, rpc, session } from './support/api'
import { collection, onSale } from './support/goods'

const sql = connect(1)
let variantId = ''
beforeAll(async () => {
  variantId = await onSale(sql, 50, 1)
})
afterAll(() => sql.end())

const anEmail = (name: string) => `${name}.${randomUUID().slice(0, 8)}@good.test`

/** The response to a guest who orders one of a limited variant in this name. */
async function asGuest(email: string): Promise<string> {
  const [cart_token, network] = [aToken(), aNetwork()]
  const [held] = await hold({ variant_id: variantId, quantity: 1, cart_token, network })
  if (held?.refused) return `hold: ${held.refused.code}`
  const [answer] = await place({
    cart_token,
    network,
    contact: { email, name: 'Mallory' },
    delivery: collection,
  })
  return answer?.order ? 'ordered' : `${answer?.refused?.code} ${JSON.stringify(answer?.refused?.detail)}`
}

/** The response to a signed-in shopper. */
async function asAccount(jwt: string, email: string): Promise<string> {
  const key = { session: jwt }
  const held = await rpc(
    'hold_stock',
    { variant_id: variantId, quantity: 1, idempotency_key: randomUUID() },
    key,
  )
  if (held.status !== 200) return `hold: ${(held.data as { message: string }).message}`
  const contact = { email, name: 'Noor' }
  const placed = await rpc(
    'place_order',
    { contact, delivery: collection, payment: 'on_collection', idempotency_key: randomUUID() },
    key,
  )
  return placed.status === 200 ? 'ordered' : (placed.data as { message: string }).message
}

test('a guest does not learn whether an address bought a limited product', async () => {
  const alice = anEmail('alice')
  expect(await asAccount(await session(alice), alice)).toBe('ordered')

  expect(await asGuest(alice)).toBe(await asGuest(anEmail('nobody')))
})

test('nobody uses up the limit of an address that is not theirs', async () => {
  const bob = anEmail('bob')
  await asGuest(bob)
  await asGuest(bob)

  expect(await asAccount(await session(bob), bob)).toBe('ordered')
})

test('the limit counts a person, however they spell their address', async () => {
  const carol = anEmail('carol')
  const jwt = await session(carol)
  await asAccount(jwt, carol)

  const again = [carol.toUpperCase(), ` ${carol}`, carol.replace('@', '+1@'), anEmail('other')]
  for (const email of again) expect([email, await asAccount(jwt, email)]).not.toEqual([email, 'ordered'])
})
