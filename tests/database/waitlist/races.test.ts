import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver } from '@/tests/support/database'
import { aGuest, aToken } from '@/tests/support/shop/shopping'
import { endsOrWaits, openTransaction, settled } from '@/tests/support/waitlist/concurrent'
import { askAsGuest, entriesOf, statusesOf } from '@/tests/support/waitlist/waitlist'

// Races commit, on rows of their own.
const sql = connect(20)
afterAll(async () => {
  await sql`delete from private.mail where request like 'waitlist:%'`
  await sql.end({ timeout: 1 })
})

const noDrift = async () => expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])

/** So many guests on the waitlist, confirmed at the same time; their secrets in the order of their places. */
async function aLine(variantId: string, people: number) {
  const names = Array.from({ length: people }, () => `${randomUUID()}@example.test`)
  const secrets = new Map<string, string>()
  for (const email of names) await askAsGuest(sql, variantId, email)
  for (const email of names) secrets.set(email, await theSecret(email))
  await Promise.all([...secrets.values()].map((secret) => sql`select public.confirm_waitlist(${secret})`))
  return (await entriesOf(sql, variantId)).map(({ email }) => secrets.get(email) ?? '')
}

/** A secret of the entry with this address, made as the e-mail would be. */
async function theSecret(email: string) {
  const [row] = await sql`select private.new_waitlist_link(entry.id) as token
    from private.waitlist as entry where entry.email = ${email}`
  return String(row?.token)
}

test('twenty others who come with the units get none while people wait', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  await aLine(variantId, 4)

  const outcomes = await Promise.all([
    ...Array.from({ length: 3 }, () => settled(deliver(sql, variantId, shop.locations[0], 1))),
    ...Array.from({ length: 17 }, () => settled(aGuest(sql).hold(variantId))),
  ])

  expect(outcomes.slice(0, 3)).toEqual(['done', 'done', 'done'])
  expect(new Set(outcomes.slice(3))).toEqual(new Set(['not_enough_left']))
  expect(await statusesOf(sql, variantId)).toEqual(['offered', 'offered', 'offered', 'waiting'])
  await noDrift()
})

test('an offer accepted from ten browsers while ten others ask is one unit in one cart', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  const [secret = ''] = await aLine(variantId, 1)
  await deliver(sql, variantId, shop.locations[0], 1)

  const outcomes = await Promise.all([
    ...Array.from({ length: 10 }, () =>
      settled(sql`select public.accept_offer(${secret}, ${randomUUID()}, ${aToken()})`),
    ),
    ...Array.from({ length: 10 }, () => settled(aGuest(sql).hold(variantId))),
  ])

  expect(outcomes.filter((each) => each === 'done')).toHaveLength(1)
  expect(outcomes.slice(0, 10).filter((each) => each === 'offer_ended')).toHaveLength(9)
  const [row] =
    await sql`select held, available, in_line from public.availability where variant_id = ${variantId}`
  expect(row).toEqual({ held: 1, available: 0, in_line: 0 })
  await noDrift()
})

test('people who leave, accept and come while units arrive: each unit is offered once, in order', async () => {
  const shop = await aShop(sql)
  const [variantId = ''] = shop.variants
  const secrets = await aLine(variantId, 10)

  await Promise.all([
    ...Array.from({ length: 5 }, () => settled(deliver(sql, variantId, shop.locations[0], 1))),
    ...secrets.slice(0, 3).map((secret) => settled(sql`select public.leave_waitlist(${secret})`)),
    ...secrets
      .slice(3, 8)
      .map((secret) => settled(sql`select public.accept_offer(${secret}, ${randomUUID()}, ${aToken()})`)),
    ...Array.from({ length: 7 }, () => settled(aGuest(sql).hold(variantId))),
  ])

  const statuses = await statusesOf(sql, variantId)
  expect(statuses).toHaveLength(7)
  expect(statuses.filter((status) => status !== 'waiting')).toHaveLength(5)
  expect(statuses.slice(5)).toEqual(['waiting', 'waiting'])
  await noDrift()
})

test('a mailbox gets confirmations of three variants, also when an unknown caller asks for several at once', async () => {
  const shop = await aShop(sql, 4)
  const email = `${randomUUID()}@example.test`
  const [third = '', fourth = '', ...before] = shop.variants
  for (const variantId of before) await askAsGuest(sql, variantId, email)

  const asking = await openTransaction(sql, (tx) => askAsGuest(tx, third, email))
  const asked = settled(askAsGuest(sql, fourth, email))
  expect(await endsOrWaits(sql, asked)).toBe('waits')
  expect(await asking.end()).toBe('done')

  expect(await asked).toBe('done')
  expect(await entriesOf(sql, third)).toHaveLength(1)
  expect(await entriesOf(sql, fourth)).toEqual([])
})
