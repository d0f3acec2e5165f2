import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, person, refusal, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks, outcomes, placeAll } from '@/tests/support/shop/orders-together'
import { aGuest, aToken, countsOf, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('of ten who order the last six together, the first six get one each and the others hear that none is left', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 6)
    const carts = await Promise.all(Array.from({ length: 10 }, () => aCart(tx, [[variantId, 1]])))

    const answers = await placeAll(
      tx,
      carts.map((token) => asks(token)),
    )

    expect(outcomes(answers)).toEqual([...Array(6).fill('placed'), ...Array(4).fill('not_enough_left')])
    expect(answers[9]?.refused?.detail).toMatchObject({
      short: [{ variant_id: variantId, wanted: 1, left: 0 }],
    })
    expect(new Set(answers.map(({ order }) => order?.number)).size).toBe(7)
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 6, held: 0, committed: 6, available: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('units of a refused order are available to the next one in the batch', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId } = await stockedVariant(tx, 2)
    const both = await aCart(tx, [
      [variantId, 2],
      [siblingId, 1],
    ])
    const one = await aCart(tx, [[variantId, 2]])

    const answers = await placeAll(tx, [asks(both), asks(one)])

    expect(outcomes(answers)).toEqual(['not_enough_left', 'placed'])
    expect(answers[0]?.refused?.detail).toMatchObject({
      short: [{ variant_id: siblingId, wanted: 1, left: 0 }],
    })
    expect(await drift(tx)).toEqual([])
  }))

test('a hold keeps its units whatever comes before it in the batch', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const holder = aGuest(tx)
    await holder.hold(variantId)
    const quick = await aCart(tx, [[variantId, 1]])

    expect(outcomes(await placeAll(tx, [asks(quick), asks(holder.token)]))).toEqual([
      'not_enough_left',
      'placed',
    ])
  }))

test('a hold that ran out goes to whoever needs its units first', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const late = aGuest(tx)
    await late.hold(variantId)
    await letPass(tx, '11 minutes')
    const quick = await aCart(tx, [[variantId, 1]])

    expect(outcomes(await placeAll(tx, [asks(quick), asks(late.token)]))).toEqual([
      'placed',
      'not_enough_left',
    ])
    expect(await drift(tx)).toEqual([])
  }))

test('an order for collection takes from the location of collection first, each from its own', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    await deliver(tx, variantId, locations[1], 2)
    const at = (location_id: string) => ({ delivery: { method: 'collection', location_id } })
    const [a, b] = [await aCart(tx, [[variantId, 1]]), await aCart(tx, [[variantId, 2]])]

    await placeAll(tx, [asks(a, at(locations[1])), asks(b, at(locations[1]))])

    const claims = await tx`select location_id, sum(quantity)::int as units from public.claims
      where variant_id = ${variantId} group by location_id`
    expect(Object.fromEntries(claims.map((row) => [row.location_id, row.units]))).toEqual({
      [locations[0]]: 1,
      [locations[1]]: 2,
    })
  }))

test('a refused order leaves no key behind, and a repeated one answers its first order', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const [first, second] = [asks(await aCart(tx, [[variantId, 1]])), asks(await aCart(tx, [[variantId, 1]]))]
    const [placed, refused] = await placeAll(tx, [first, second])
    await deliver(
      tx,
      variantId,
      (await tx`select location_id from public.stock_levels where variant_id = ${variantId}`)[0]?.location_id,
      1,
    )

    const again = await placeAll(tx, [second, first])

    expect(refused?.refused?.code).toBe('not_enough_left')
    expect(again).toMatchObject([{ order: { status: 'placed' } }, placed ?? {}])
    const other = asks(await aCart(tx, [[variantId, 1]]), { idempotency_key: first.idempotency_key })
    expect(outcomes(await placeAll(tx, [other]))).toEqual(['idempotency_key_reused'])
    expect(await drift(tx)).toEqual([])
  }))

test('one key for two carts of a call is one order and one refusal', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const [a, b] = [await aCart(tx, [[variantId, 1]]), await aCart(tx, [[variantId, 1]])]
    const key = { idempotency_key: randomUUID() }

    expect(outcomes(await placeAll(tx, [asks(a, key), asks(b, key)]))).toEqual([
      'placed',
      'idempotency_key_reused',
    ])
    expect(await countsOf(tx, variantId)).toMatchObject({ committed: 1 })
  }))

test('the limit per person is each guest’s own, whatever address they type', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    await tx`update public.variants set limit_per_person = 2 where id = ${variantId}`
    const me = { contact: { email: 'me@example.test', name: 'Me' } }
    const carts = await Promise.all([2, 3, 2].map((units) => aCart(tx, [[variantId, units]])))

    const answers = await placeAll(
      tx,
      carts.map((token) => asks(token, me)),
    )

    expect(outcomes(answers)).toEqual(['placed', 'limit_reached', 'placed'])
    expect(answers[1]?.refused?.detail).toMatchObject({ limit: 2, bought: 0, wanted: 3 })
  }))

test('a request that is not right is refused by field, the others go through', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const carts = await Promise.all(Array.from({ length: 5 }, () => aCart(tx, [[variantId, 1]])))
    const [a = '', b = '', c = '', d = '', e = ''] = carts

    const answers = await placeAll(tx, [
      asks(a, { contact: { email: 'nobody', name: 'Ada' } }),
      asks(b, { payment: 'gold' }),
      asks(c),
      asks(d, { delivery: { method: 'collection', location_id: randomUUID() } }),
      asks(e, { expected_total_minor: 1 }),
    ])

    expect(outcomes(answers)).toEqual([
      'invalid_input',
      'invalid_input',
      'placed',
      'not_found',
      'price_changed',
    ])
    expect(answers.map(({ refused }) => refused?.detail.field)).toEqual([
      'contact.email',
      'payment',
      undefined,
      undefined,
      undefined,
    ])
  }))

test('a call names each cart once, and is the shop’s server’s alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const cart = await aCart(tx, [[variantId, 1]])
    const twice = tx.savepoint((nested) => placeAll(nested, [asks(cart), asks(cart)]))
    expect(await refusal(twice)).toMatchObject({ code: 'invalid_input', detail: { field: 'requests' } })
    expect(await refusal(tx.savepoint((nested) => placeAll(nested, [])))).toMatchObject({ status: 422 })

    await actAs(tx, await person(tx))
    const outsiders = tx.savepoint((nested) => placeAll(nested, [asks(cart), asks(aToken())]))
    await expect(outsiders).rejects.toMatchObject({ code: '42501' })
  }))
