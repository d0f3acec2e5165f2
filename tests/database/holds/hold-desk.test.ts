import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { as, stockedVariant } from '@/tests/support/shop/orders'
import {
  aGuest,
  aNetwork,
  aToken,
  countsOf,
  drift,
  letPass,
  theProvider,
} from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

const guestOf = (tx: Tx, network: string) => aGuest(tx, aToken(), undefined, network)
const one = async <T>(rows: PromiseLike<readonly { [name: string]: unknown }[]>) =>
  (await rows)[0]?.answer as T
const endHolds = (
  tx: Tx,
  lines: { cart_id: string | null; variant_id: string }[],
  key: string = randomUUID(),
) => one<{ units: number }>(tx`select public.end_holds(${tx.json(lines)}, ${key}) as answer`)
type Desk = {
  holds: { cart_id: string; units: number; network: string }[]
  networks: { network: string; units: number; guests: number }[]
  blocks: { subject: string; reason: string }[]
}
const read = (tx: Tx, network: string) =>
  one<Desk>(tx`select public.read_holds(${network}, null, null) as answer`)

test('staff see which guest and network holds how much, and nobody else does', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 20)
    const network = aNetwork()
    await guestOf(tx, network).hold(variantId, 3)
    await guestOf(tx, network).hold(variantId, 2)
    const viewer = await person(tx, 'viewer')

    const desk = await as(tx, viewer, () => read(tx, network))

    expect(desk.holds.map(({ units }) => units)).toEqual([3, 2])
    expect(desk.networks).toEqual([{ network, units: 5, guests: 2 }])
    await actAs(tx, await person(tx))
    expect(await refusal(tx.savepoint((nested) => read(nested, network)))).toMatchObject({
      code: 'role_required',
    })
  }))

test('an ended hold is on sale at once, stays in the cart, marked, and is ended once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    const { cart_id } = await guest.hold(variantId, 4)
    const line = { cart_id, variant_id: variantId }
    const keeper = await person(tx, 'stock')
    const key = randomUUID()

    expect(await as(tx, keeper, () => endHolds(tx, [line], key))).toEqual({ units: 4 })
    expect(await as(tx, keeper, () => endHolds(tx, [line], key))).toEqual({ units: 4 })

    expect((await guest.cart()).lines).toMatchObject([{ quantity: 4, held: 0 }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, available: 5 })
    expect(await drift(tx)).toEqual([])
    await actAs(tx, await person(tx, 'viewer'))
    expect(await refusal(tx.savepoint((nested) => endHolds(nested, [line])))).toMatchObject({
      code: 'role_required',
    })
  }))

test('staff end holds where they work', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 5)
    const { cart_id } = await aGuest(tx).hold(variantId, 4)
    const elsewhere = await person(tx, 'stock')
    await tx`update public.staff set location_ids = ${[locations[1]]} where user_id = ${elsewhere.userId ?? ''}`

    await actAs(tx, elsewhere)
    const attempt = tx.savepoint((nested) => endHolds(nested, [{ cart_id, variant_id: variantId }]))

    expect(await refusal(attempt)).toMatchObject({ status: 403, code: 'location_not_yours' })
  }))

test('unpaid orders are cancelled together, no more than were seen, and paid ones are kept', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 20)
    const email = `${randomUUID()}@example.test`
    const order = async () => {
      const guest = aGuest(tx, aToken(), email)
      await guest.hold(variantId, 2)
      return guest.place('sandbox')
    }
    const [, , paid] = [await order(), await order(), await order()]
    await (await theProvider(tx))(paid.payment_id, 'captured', paid.total_minor)
    const [manager, keeper] = [await person(tx, 'manager'), await person(tx, 'stock')]
    const cancel = (expected: number) =>
      as(tx, manager, () =>
        one<{ orders: number; units: number }>(
          tx`select public.cancel_unpaid_orders(${expected}, ${randomUUID()}, null, ${email}, null) as answer`,
        ),
      )

    const found = await as(tx, manager, () =>
      one(tx`select public.count_unpaid_orders(null, ${email}, null) as answer`),
    )
    expect(found).toMatchObject({ orders: 2, units: 4 })
    expect(await cancel(1)).toEqual({ orders: 1, units: 2 })
    expect(await cancel(9)).toEqual({ orders: 1, units: 2 })
    expect(await countsOf(tx, variantId)).toMatchObject({ available: 18 })
    expect(await drift(tx)).toEqual([])

    await actAs(tx, manager)
    const all = tx.savepoint((nested) => nested`select public.cancel_unpaid_orders(9, ${randomUUID()})`)
    expect(await refusal(all)).toMatchObject({ code: 'invalid_input' })
    const long = tx.savepoint(
      (nested) =>
        nested`select public.cancel_unpaid_orders(1, ${randomUUID()}, null, ${'x'.repeat(255)}, null)`,
    )
    expect(await refusal(long)).toMatchObject({ code: 'invalid_input' })
    await actAs(tx, keeper)
    const stock = tx.savepoint((nested) => nested`select public.count_unpaid_orders(null, ${email}, null)`)
    expect(await refusal(stock)).toMatchObject({ code: 'role_required' })
  }))

test('a manager blocks a guest and a network, with a reason, and unblocks them', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    const network = aNetwork()
    const guest = guestOf(tx, network)
    const { cart_id } = await guest.hold(variantId)
    const manager = await person(tx, 'manager')
    const block = (cart: string | null, where: string | null) =>
      as(tx, manager, () =>
        one<{ subject: string }>(
          tx`select public.block_caller('hoards', ${randomUUID()}, ${cart}, ${where}, 24) as answer`,
        ),
      )
    const isRefused = (who: ReturnType<typeof aGuest>, where?: string) =>
      refusal(tx.savepoint((nested) => aGuest(nested, who.token, undefined, where ?? null).hold(variantId)))

    const { subject } = await block(cart_id, null)
    expect(await isRefused(guest)).toMatchObject({ status: 403, code: 'blocked' })
    await guestOf(tx, network).hold(variantId)
    await block(null, network)
    expect(await isRefused(aGuest(tx), network)).toMatchObject({ code: 'blocked' })
    const desk = await as(tx, manager, () => read(tx, network))
    expect(desk.blocks.map(({ reason }) => reason)).toEqual(['hoards', 'hoards'])

    await actAs(tx, manager)
    await tx`select public.unblock_caller(${subject}, ${randomUUID()})`
    await tx`select public.unblock_caller(${`n:${network}`}, ${randomUUID()})`
    await actAsOwner(tx)
    await guest.hold(variantId)
    const trail =
      await tx`select action from public.audit_trail where actor = ${manager.userId ?? ''} order by id`
    expect(trail.map(({ action }) => action)).toEqual([
      'block_caller',
      'block_caller',
      'unblock_caller',
      'unblock_caller',
    ])
  }))

test('staff are told of a network that holds much, however many carts it is in', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 12)
    const network = aNetwork()
    for (let n = 0; n < 6; n++) await guestOf(tx, network).hold(variantId)
    await letPass(tx, '6 seconds')

    await tx`select public.find_alerts()`

    expect(
      await tx`select evidence from public.alerts where kind = 'hoarding' and variant_id = ${variantId}`,
    ).toMatchObject([{ evidence: { held: 6, left: 6, carts: 6 } }])
  }))
