import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aNetwork, aToken, drift, endOverdue, letPass } from '@/tests/support/shop/shopping'
import {
  anOffer,
  askAsGuest,
  dueMessages,
  emailOf,
  entriesOf,
  joinWaitlist,
  secretFor,
  statusesOf,
} from '@/tests/support/waitlist/waitlist'

const sql = connect(2)
afterAll(() => sql.end())

const accept = async (tx: Tx, secret: string, cart: string, key: string = randomUUID()) =>
  (await tx`select public.accept_offer(${secret}, ${key}, ${cart}) as cart`)[0]?.cart as Awaited<
    ReturnType<ReturnType<typeof aGuest>['cart']>
  >
const confirm = (tx: Tx, secret: string) => tx`select public.confirm_waitlist(${secret})`

test('a guest has a place once they follow the link of their e-mail, and no earlier', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 0)
    expect(await askAsGuest(tx, variantId, 'Ada@example.test')).toEqual({ is_confirmed: false })
    const secret = await secretFor(tx, 'ada@example.test')
    await joinWaitlist(tx, variantId, 1)
    await confirm(tx, secret)
    await confirm(tx, secret)
    expect((await entriesOf(tx, variantId)).map(({ email }) => email).at(-1)).toBe('ada@example.test')

    await deliver(tx, variantId, locations[0], 1)
    expect(await statusesOf(tx, variantId)).toEqual(['offered', 'waiting'])
    expect(await drift(tx)).toEqual([])
  }))

test('joining twice is joining once, and no response says whether an address is known', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 0)
    const first = await askAsGuest(tx, variantId, 'ada@example.test')
    await confirm(tx, await secretFor(tx, 'ada@example.test'))
    expect(await askAsGuest(tx, variantId, 'ada@example.test')).toEqual(first)
    expect(await dueMessages(tx, variantId)).toEqual([])
    expect(await entriesOf(tx, variantId)).toHaveLength(1)
  }))

test('a mailbox gets at most one confirmation an hour for a variant, and of three variants', () =>
  rolledBack(sql, async (tx) => {
    const variants = await Promise.all(Array.from({ length: 5 }, () => stockedVariant(tx, 0)))
    for (const { variantId } of [...variants, ...variants])
      await askAsGuest(tx, variantId, 'victim@example.test')
    expect(await dueMessages(tx, ...variants.map(({ variantId }) => variantId))).toHaveLength(3)
  }))

test('an account takes over the place that its address has as a guest', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 0)
    const account = await person(tx)
    const email = await emailOf(tx, account.userId)
    await askAsGuest(tx, variantId, email)
    await as(tx, account, () => tx`select public.join_waitlist(${variantId}, ${randomUUID()})`)
    expect(await entriesOf(tx, variantId)).toMatchObject([{ user_id: account.userId, status: 'waiting' }])
    // The e-mail that would confirm the address is not needed any more.
    expect(await dueMessages(tx, variantId)).toEqual([])
  }))

test('an account without an e-mail address puts no address of its choice into a line', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 0)
    const account = await person(tx)
    // As an account that signs in by phone.
    await tx`update auth.users set email = null where id = ${account.userId ?? ''}`
    await actAs(tx, account)
    const joining = tx.savepoint(
      (nested) => nested`select public.join_waitlist(${variantId}, ${randomUUID()}, 'victim@example.test')`,
    )
    expect(await refusal(joining)).toMatchObject({ code: 'invalid_input', detail: { field: 'email' } })
  }))

test('a variant that can be bought has no waitlist, and neither has one that is not for sale', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, productId } = await stockedVariant(tx, 1)
    const ask = () => tx.savepoint((nested) => askAsGuest(nested, variantId, 'ada@example.test'))
    expect(await refusal(ask())).toMatchObject({ status: 409, code: 'still_available' })
    await tx`update public.products set status = 'draft' where id = ${productId}`
    expect(await refusal(ask())).toMatchObject({ status: 404, code: 'not_found' })
  }))

test('one network does not fill a waitlist with its guests', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 0)
    const network = aNetwork()
    const ask = (n: number) =>
      tx.savepoint((nested) => askAsGuest(nested, variantId, `ada${n}@example.test`, network))
    for (let n = 0; n < 10; n++) await ask(n)
    expect(await refusal(ask(10))).toMatchObject({ code: 'waitlist_limit' })
    await ask(3)
  }))

test('an accepted offer is a held line until the offer would have ended, and is ordered like any other', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, secret } = await anOffer(tx)
    const token = aToken()
    const key = randomUUID()
    await letPass(tx, '30 minutes')

    const cart = await accept(tx, secret, token, key)
    expect(cart.lines).toMatchObject([{ variant_id: variantId, quantity: 1, held: 1 }])
    expect(Math.round((Date.parse(cart.lines[0]?.expires_at ?? '') - Date.parse(cart.now)) / 60_000)).toBe(90)
    expect(await accept(tx, secret, token, key)).toEqual(cart)
    expect(await refusal(tx.savepoint((nested) => accept(nested, secret, aToken())))).toMatchObject({
      code: 'offer_ended',
      detail: { status: 'accepted' },
    })
    await letPass(tx, '80 minutes')
    expect((await aGuest(tx, token).place()).status).toBe('placed')
    expect(await drift(tx)).toEqual([])
  }))

test('an offer joins the units that the cart holds already, in place of units it only wants', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    const holder = aGuest(tx)
    await holder.hold(variantId)
    const [account] = await joinWaitlist(tx, variantId, 1)
    await deliver(tx, variantId, locations[0], 1)
    const secret = await secretFor(tx, await emailOf(tx, account))

    expect((await accept(tx, secret, holder.token)).lines).toMatchObject([{ quantity: 2, held: 2 }])
    await letPass(tx, '20 minutes')
    expect((await holder.cart()).lines).toMatchObject([{ quantity: 2, held: 2 }])
    expect((await holder.place()).status).toBe('placed')
    expect(await drift(tx)).toEqual([])
  }))

test('a lapsed offer cannot be accepted, and its unit goes to the next person', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, secret } = await anOffer(tx, 1)
    await letPass(tx, '2 hours 1 second')
    await expect(tx.savepoint((nested) => accept(nested, secret, aToken()))).rejects.toThrow('offer_ended')
    await endOverdue(tx)
    expect(await refusal(tx.savepoint((nested) => accept(nested, secret, aToken())))).toMatchObject({
      detail: { status: 'lapsed' },
    })
    expect(await statusesOf(tx, variantId)).toEqual(['lapsed', 'offered'])
  }))

test('an e-mail about an offer that has ended is not sent', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 0)
    await joinWaitlist(tx, variantId, 1)
    await deliver(tx, variantId, locations[0], 1)
    await letPass(tx, '2 hours 1 second')
    expect(await dueMessages(tx, variantId)).toEqual([])
    expect(
      await tx`select from private.mail
        join private.waitlist as entry on entry.variant_id = ${variantId} and mail.request = 'waitlist:' || entry.id || ':offer'`,
    ).toHaveLength(0)
  }))

test('addresses are forgotten: unconfirmed ones and ended entries after a week, waiting ones after a year', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 0)
    await askAsGuest(tx, variantId, 'ada@example.test')
    await joinWaitlist(tx, variantId, 2)
    await deliver(tx, variantId, locations[0], 1)
    await letPass(tx, '3 hours')
    await tx`select public.adjust_stock(${variantId}, ${locations[0]}, 1, 'receive', ${randomUUID()})`
    await endOverdue(tx)
    expect((await statusesOf(tx, variantId)).sort()).toEqual(['lapsed', 'offered', 'unconfirmed'])
    await queueUpSoldOut(tx, variantId)
    await letPass(tx, '8 days')
    await tx`select public.forget_old_rows()`
    expect(await statusesOf(tx, variantId)).not.toContain('unconfirmed')
    await tx`update private.waitlist set created_at = private.clock() - interval '366 days' where status = 'waiting'`
    await tx`select public.forget_old_rows()`
    expect(await statusesOf(tx, variantId)).not.toContain('waiting')
    expect(await drift(tx)).toEqual([])
  }))

/** One more person who waits: every unit is bought. */
async function queueUpSoldOut(tx: Tx, variantId: string) {
  const guest = aGuest(tx)
  const [row] = await tx`select available from public.availability where variant_id = ${variantId}`
  if (Number(row?.available) > 0) {
    await guest.hold(variantId, Number(row?.available))
    await guest.place()
  }
  await joinWaitlist(tx, variantId, 1)
}

test('staff see a waitlist without addresses; shoppers see no waitlist', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await anOffer(tx, 1)
    const viewer = await person(tx, 'viewer')
    const line = await as(
      tx,
      viewer,
      async () => (await tx`select public.read_waitlist(${variantId}) as line`)[0]?.line,
    )
    expect(line).toMatchObject({ in_line: 2, entries: [{ status: 'offered' }, { status: 'waiting' }] })
    expect(JSON.stringify(line)).not.toContain('@')
    const someone = await person(tx)
    await actAs(tx, someone)
    expect(
      await refusal(tx.savepoint((nested) => nested`select public.read_waitlist(${variantId})`)),
    ).toMatchObject({ code: 'role_required' })
  }))
