import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks as order, placeAll, outcomes as placed } from '@/tests/support/shop/orders-together'
import { aGuest } from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

test('an account that asks the database itself is limited as a guest is', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 2 where kind in ('hold', 'cart')`
    const { variantId } = await stockedVariant(tx, 9)
    await actAs(tx, await person(tx))
    const ada = aGuest(tx)
    await ada.hold(variantId)
    await ada.hold(variantId)
    await ada.extend()
    await ada.extend()

    for (const work of ['hold', 'extend', 'release'] as const)
      expect(await refusal(tx.savepoint((nested) => aGuest(nested)[work](variantId)))).toMatchObject({
        status: 429,
        code: 'too_many_requests',
      })
  }))

/** From here on as PostgREST does: a refusal may be the response, by these settings. */
const overHttp = (tx: Tx) =>
  tx`select set_config('request.method', 'POST', true), set_config('response.status', '', true)`
const responseStatus = async (tx: Tx) =>
  (await tx`select current_setting('response.status') as status`)[0]?.status as string

test.for([
  ['hold', 99, 'not_enough_left'],
  ['release', 1, 'not_found'],
  ['place', 'on_collection', 'cart_empty'],
] as const)('a refused %s of an account is counted: it is answered, not raised', ([work, much, code]) =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 2 where kind in ('hold', 'cart', 'checkout')`
    const { variantId } = await stockedVariant(tx, 2)
    const caller = await person(tx)
    await actAs(tx, caller)
    await overHttp(tx)
    const ada = aGuest(tx)
    const ask = (): Promise<unknown> =>
      work === 'place' ? ada.place(much as 'on_collection') : ada[work](variantId, much as number)

    for (let n = 0; n < 2; n++) {
      expect(await ask()).toMatchObject({ code: expect.stringMatching(/^PT4/), message: code })
      expect(await responseStatus(tx)).toMatch(/^40[49]$/)
    }
    expect(await ada.cart()).toMatchObject({ lines: [] })
    await actAsOwner(tx)
    expect(await tx`select from private.idempotency_keys where actor = ${caller.userId ?? ''}`).toHaveLength(
      0,
    )
    expect(await tx`select spent from private.spendings where subject = ${`u:${caller.userId}`}`).toEqual([
      { spent: 2 },
    ])
  }),
)

test('an account that was refused too often waits', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 2 where kind = 'hold'`
    const { variantId } = await stockedVariant(tx, 2)
    await actAs(tx, await person(tx))
    await overHttp(tx)
    await aGuest(tx).hold(variantId, 99)
    await aGuest(tx).hold(variantId, 99)

    const again = refusal(tx.savepoint((nested) => aGuest(nested).hold(variantId, 1)))
    expect(await again).toMatchObject({ status: 429, code: 'too_many_requests' })
  }))

test('an account that places orders by direct calls is limited, and a blocked guest places no order', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.rates set guest = 1 where kind = 'checkout'`
    const { variantId } = await stockedVariant(tx, 9)
    const token = await aCart(tx, [[variantId, 1]])
    await tx`insert into private.blocks (subject, reason) values ('g:' || encode(sha256(${token}), 'hex'), 'test')`
    expect(placed(await placeAll(tx, [order(token)]))).toEqual(['blocked'])

    await actAs(tx, await person(tx))
    const ada = aGuest(tx)
    await ada.hold(variantId)
    await ada.place()
    await ada.hold(variantId)
    expect((await refusal(tx.savepoint((nested) => aGuest(nested).place()))).code).toBe('too_many_requests')
  }))
