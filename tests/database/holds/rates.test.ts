import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  secretKey,
  type Tx,
} from '@/tests/support/database'
import { forgetSome } from '@/tests/support/retention'
import { asks, holdAll, outcomes } from '@/tests/support/shop/holds-together'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks as order, placeAll, outcomes as placed } from '@/tests/support/shop/orders-together'
import { aGuest, aNetwork, aToken, letPass } from '@/tests/support/shop/shopping'

const sql = connect(6)
afterAll(() => sql.end())

const spend = (db: Tx | typeof sql, subject: string, most = 3) =>
  db`select private.spend('hold', ${subject}, ${most}, '1 minute')`
const takeTurn = (tx: Tx, kind: string, guest: string | null, network: string | null) =>
  tx`select public.take_turn(${kind}, ${guest}, ${network})`

test('a subject asks as often as it may in a window, then waits for the next one', () =>
  rolledBack(sql, async (tx) => {
    for (let n = 0; n < 3; n++) await spend(tx, 'g:one')

    expect(await refusal(tx.savepoint((nested) => spend(nested, 'g:one')))).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      detail: { retry_after_seconds: 60 },
    })
    await spend(tx, 'g:other')
    await letPass(tx, '61 seconds')
    await spend(tx, 'g:one')
  }))

test('of twenty requests at once as many pass as may, however many servers ask', async () => {
  const subject = `g:${randomUUID()}`
  const sent = await Promise.allSettled(Array.from({ length: 20 }, () => spend(sql, subject, 7)))

  expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
})

test('a limited request counts a guest, an account and a network separately', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 2, network = 3 where kind = 'link'`
    const [guest, network] = [aToken(), aNetwork()]
    await takeTurn(tx, 'link', guest, network)
    await takeTurn(tx, 'link', guest, network)

    const again = tx.savepoint((nested) => takeTurn(nested, 'link', guest, network))
    expect(await refusal(again)).toMatchObject({ code: 'too_many_requests' })
    await takeTurn(tx, 'link', randomUUID(), network)
    const crowded = tx.savepoint((nested) => takeTurn(nested, 'link', aToken(), network))
    expect(await refusal(crowded)).toMatchObject({ code: 'too_many_requests' })
    await takeTurn(tx, 'link', aToken(), null)
    expect(await refusal(tx.savepoint((nested) => takeTurn(nested, 'no kind', null, null)))).toMatchObject({
      code: 'invalid_input',
    })
  }))

test('holding too fast is refused to that guest alone, in a call with others, and counted when refused', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 3 where kind = 'hold'`
    const { variantId } = await stockedVariant(tx, 2)
    const cart_token = aToken()
    const said: (string | undefined)[] = []
    for (let n = 0; n < 4; n++)
      said.push(...outcomes(await holdAll(tx, [asks(variantId, 1, { cart_token })])))

    expect(said).toEqual(['held', 'held', 'not_enough_left', 'too_many_requests'])
    await aGuest(tx, cart_token).release(variantId)
    const both = await holdAll(tx, [asks(variantId, 1, { cart_token }), asks(variantId)])
    expect(outcomes(both)).toEqual(['too_many_requests', 'held'])
  }))

test('only the shop’s server says which network a hold comes from', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const network = aNetwork()
    await actAs(tx, await person(tx))
    await tx`select public.hold_stock(${variantId}, 1, ${randomUUID()}, null, ${network})`
    await actAsOwner(tx)
    expect(await tx`select from public.claims where network = ${network}`).toHaveLength(0)

    await actAs(tx, secretKey)
    await tx`select public.hold_stock(${variantId}, 1, ${randomUUID()}, ${aToken()}, ${network})`
    await actAsOwner(tx)
    expect(await tx`select from public.claims where network = ${network}`).toHaveLength(1)
  }))

test('a shopper with normal habits meets no limit', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 60)
    await deliver(tx, siblingId, locations[0], 60)
    const network = aNetwork()
    const guest = aGuest(tx, aToken(), 'ada@example.test', network)

    for (let order = 0; order < 10; order++) {
      for (let add = 0; add < 4; add++) {
        await guest.hold(add % 2 ? variantId : siblingId)
        await guest.cart()
        await guest.extend()
      }
      await guest.release(siblingId, 1)
      await takeTurn(tx, 'checkout', guest.token, network)
      await guest.place('sandbox')
    }
  }))

test('a blocked guest or network is not served, until the block ends', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const [network, token] = [aNetwork(), aToken()]
    await tx`insert into private.blocks (subject, reason, expires_at) values
      (${`n:${network}`}, 'test', private.clock() + interval '1 hour'),
      ('g:' || encode(sha256(${token}), 'hex'), 'test', null)`

    expect(
      outcomes(
        await holdAll(tx, [
          asks(variantId, 1, { network }),
          asks(variantId, 1, { cart_token: token }),
          asks(variantId),
        ]),
      ),
    ).toEqual(['blocked', 'blocked', 'held'])
    expect(await refusal(tx.savepoint((nested) => takeTurn(nested, 'checkout', token, null)))).toMatchObject({
      status: 403,
      code: 'blocked',
    })
    await letPass(tx, '61 minutes')
    expect(outcomes(await holdAll(tx, [asks(variantId, 1, { network })]))).toEqual(['held'])
  }))

test('counts that no limit asks about are deleted, so many at a time', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into private.spendings (kind, subject, spent, since)
      select 'hold', 'g:' || n, 1, private.clock() - interval '2 days' from generate_series(1, 5) as n`

    const forget = async () => (await forgetSome(tx, 3)).spendings
    expect([await forget(), await forget(), await forget()]).toEqual([3, 2, undefined])
  }))

test('orders are counted in the call that places them; a repeated one is answered all the same', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 2, network = 4 where kind = 'checkout'`
    const { variantId } = await stockedVariant(tx, 30)
    const guest = aGuest(tx)
    const key = randomUUID()
    for (const each of [key, randomUUID()]) {
      await guest.hold(variantId)
      await guest.place('on_collection', each)
    }
    await guest.hold(variantId)
    expect(await refusal(tx.savepoint((nested) => aGuest(nested, guest.token).place()))).toMatchObject({
      status: 429,
      code: 'too_many_requests',
    })
    expect((await guest.place('on_collection', key)).status).toBe('placed')

    const network = aNetwork()
    const crowd = await Promise.all(
      Array.from({ length: 4 }, async () => order(await aCart(tx, [[variantId, 1]]), { network })),
    )
    expect(placed(await placeAll(tx, crowd))).toEqual(Array(4).fill('placed'))
    const late = order(await aCart(tx, [[variantId, 1]]), { network })
    const outsider = order(await aCart(tx, [[variantId, 1]]))
    expect(placed(await placeAll(tx, [late, outsider]))).toEqual(['too_many_requests', 'placed'])
  }))
