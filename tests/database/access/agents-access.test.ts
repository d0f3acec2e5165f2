import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  connect,
  person,
  refused,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aNetwork, aToken, countsOf, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

const hash = (digit: string) => digit.repeat(64)
const agentHash = () => randomUUID().replaceAll('-', '')

interface Opened {
  id: string
  status: string
  choices: Record<string, unknown>
  is_repeat: boolean
}

async function open(
  tx: Tx,
  {
    token = aToken(),
    cart = aToken(),
    agent = agentHash(),
    network = aNetwork(),
    request = hash('a'),
    choices = {},
  } = {},
): Promise<Opened & { token: string; cart: string; agent: string; network: string }> {
  const [row] = await tx<{ session: Opened }[]>`
    select public.open_agent_session(${token}, ${cart}, ${agent}, ${network}, ${request}, ${tx.json(choices)}) as session`
  if (!row) throw new Error('no session')
  return { ...row.session, token, cart, agent, network }
}

test('nobody but the shop’s server calls the functions of sessions, and no role reads their table', () =>
  rolledBack(sql, async (tx) => {
    const session = await open(tx)
    const calls = [
      (as: Tx) =>
        as`select public.open_agent_session(${aToken()}, ${aToken()}, ${agentHash()}, '', ${hash('a')}, '{}')`,
      (as: Tx) => as`select public.change_agent_session(${session.token}, ${randomUUID()}, ${hash('a')})`,
      (as: Tx) => as`select public.read_agent_session(${session.token})`,
      (as: Tx) => as`select public.end_agent_session(${session.token}, 'cancelled')`,
      (as: Tx) => as`select public.hand_over_agent_session(${session.id}, ${aToken()})`,
    ]
    const manager = await person(tx, 'manager')
    for (const caller of [shopper, manager]) {
      for (const call of calls)
        await expect(
          tx.savepoint(async (nested) => {
            await actAs(nested, caller)
            await call(nested)
          }),
        ).rejects.toMatchObject({ code: '42501' })
    }
    for (const role of ['anon', 'authenticated', 'service_role'] as const)
      await expect(
        tx.savepoint(async (nested) => {
          await actAs(nested, { role })
          await nested`select * from private.agent_sessions`
        }),
      ).rejects.toMatchObject({ code: '42501' })
    await tx.savepoint(async (nested) => {
      await actAs(nested, secretKey)
      const [read] = await nested`select public.read_agent_session(${session.token}) ->> 'status' as status`
      expect(read?.status).toBe('open')
    })
  }))

test('a session is found by its secret alone, and keeps known values alone', () =>
  rolledBack(sql, async (tx) => {
    const choices = {
      name: ' Jane Doe ',
      email: 'JANE@buyer.test',
      phone: 'x'.repeat(41),
      method: 'teleport',
      location_id: 'no',
      address: { line1: '1 Quay', country: 'be', secret: 1 },
      admin: true,
    }
    const session = await open(tx, { choices })

    expect(session.choices).toEqual({
      name: 'Jane Doe',
      email: 'jane@buyer.test',
      address: { line1: '1 Quay' },
    })
    const kept = await tx`select agent_sessions::text as row from private.agent_sessions`
    expect(JSON.stringify(kept)).not.toContain(session.token)
    expect(await refused(tx, (as) => as`select public.read_agent_session(${aToken()})`)).toMatchObject({
      status: 404,
      code: 'not_found',
    })
  }))

test('opening twice is one session; another request under the same secret is refused', () =>
  rolledBack(sql, async (tx) => {
    const first = await open(tx)
    const second = await open(tx, first)
    expect([first.is_repeat, second.is_repeat, second.id]).toEqual([false, true, first.id])
    expect(await refused(tx, (as) => open(as, { ...first, request: hash('b') }))).toMatchObject({
      status: 409,
      code: 'idempotency_key_reused',
    })
  }))

test('a key changes a session once, and belongs to one request', () =>
  rolledBack(sql, async (tx) => {
    const { token } = await open(tx)
    const key = randomUUID()
    const change = (as: Tx, name: string, request = hash('c')) =>
      as`select public.change_agent_session(${token}, ${key}, ${request}, ${as.json({ name })}) as session`

    await change(tx, 'Jane')
    const [again] = await change(tx, 'Eve')

    expect(again?.session).toMatchObject({ is_repeat: true, choices: { name: 'Jane' } })
    expect(await refused(tx, (as) => change(as, 'Eve', hash('d')))).toMatchObject({ status: 409 })
  }))

test('an agent holds so many units of a variant in all its sessions; another agent is not counted with it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 19)
    await tx`update private.shop_limits set network_free_units = 100`
    const one = await open(tx)
    const two = await open(tx, { agent: one.agent, network: one.network })
    const other = await open(tx, { network: one.network })
    const guest = (cart: string) => aGuest(tx, cart, undefined, one.network)

    await guest(one.cart).hold(variantId, 6)
    const over = await refused(tx, (as) => aGuest(as, two.cart, undefined, one.network).hold(variantId, 5))
    expect(over).toMatchObject({ code: 'hold_limit', detail: { limit: 'agent_units', at_most: 10 } })
    await guest(two.cart).hold(variantId, 4)
    await guest(other.cart).hold(variantId, 5)
    await guest(aToken()).hold(variantId, 1)

    expect(await countsOf(tx, variantId)).toMatchObject({ held: 16 })
    await letPass(tx, '11 minutes')
    await guest(two.cart).hold(variantId, 5)
    expect(await drift(tx)).toEqual([])
  }))

test('an agent, and a network, have so many open sessions; those that ended do not count', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.shop_limits set agent_sessions = 1`
    const one = await open(tx)
    const same = { agent: one.agent, network: one.network }
    expect(await refused(tx, (as) => open(as, same))).toMatchObject({
      status: 429,
      code: 'too_many_requests',
    })
    await tx`select public.end_agent_session(${one.token}, 'cancelled')`
    await open(tx, same)
    for (let n = 0; n < 3; n++) await open(tx, { network: one.network })
    expect(await refused(tx, (as) => open(as, { network: one.network }))).toMatchObject({ status: 429 })
    await open(tx)
  }))

test('a session is completed with an order alone, and then stays so', () =>
  rolledBack(sql, async (tx) => {
    const { token } = await open(tx)
    const end = (as: Tx, status: string, order: string | null = null) =>
      as`select public.end_agent_session(${token}, ${status}, ${order})`
    for (const status of ['completed', 'open', 'handed_over'])
      expect(await refused(tx, (as) => end(as, status, randomUUID()))).toMatchObject({ status: 422 })
    expect(
      await refused(
        tx,
        (as) =>
          as`select public.change_agent_session(${token}, ${randomUUID()}, ${hash('a')}, null, ${as.json({ expected_minor: 1 })})`,
      ),
    ).toMatchObject({ status: 422 })
  }))

test('a cart is handed over once: its new secret opens it, the old one does not, and nothing of the buyer stays', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const session = await open(tx, { choices: { name: 'Jane' } })
    await aGuest(tx, session.cart, undefined, session.network).hold(variantId, 2)
    const own = aToken()

    await tx`select public.hand_over_agent_session(${session.id}, ${own})`

    expect((await aGuest(tx, own).cart()).lines).toMatchObject([{ quantity: 2, held: 2 }])
    expect((await aGuest(tx, session.cart).cart()).lines).toEqual([])
    const [kept] = await tx`select choices from private.agent_sessions where id = ${session.id}`
    expect(kept?.choices).toEqual({})
    expect(
      await refused(tx, (as) => as`select public.hand_over_agent_session(${session.id}, ${aToken()})`),
    ).toMatchObject({ status: 404 })
    expect(await drift(tx)).toEqual([])
  }))

test('a session is forgotten after a day, with what it says of the buyer; its order stays', () =>
  rolledBack(sql, async (tx) => {
    const { id } = await open(tx)
    const left = async () => (await tx`select from private.agent_sessions where id = ${id}`).length
    await tx`update private.agent_sessions set created_at = now() - interval '25 hours' where id = ${id}`
    await tx`select public.forget_old_rows(100)`
    expect(await left()).toBe(0)
  }))
