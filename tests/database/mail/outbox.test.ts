import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, rolledBack, secretKey, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom } from '@/tests/support/everyone'
import { takeDueMail } from '@/tests/support/mail/due-mail'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { aPicker, skuOf } from '@/tests/support/shop/picking'
import { endOverdue, letPass, thePackingTable, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

interface Taken {
  message_id: number
  lease: string
  kind: string
  order_token: string | null
  order?: { order_id: string; email: string; number: number }
}

/** Takes everything that is due, and answers with the messages of one order. */
async function take(tx: Tx, orderId: string): Promise<Taken[]> {
  return (await takeDueMail<Taken>(tx)).filter(({ order }) => order?.order_id === orderId)
}

const settle = async (tx: Tx, { message_id, lease }: Taken, error: string | null = null, isFinal = false) =>
  (await tx`select public.settle_mail(${message_id}, ${lease}, ${error}, ${isFinal}) as done`)[0]?.done

const stateOf = async (tx: Tx, { message_id }: Taken) =>
  (await tx`select status, attempts, error from private.mail where id = ${message_id}`)[0]

const kinds = async (tx: Tx, orderId: string) =>
  (
    await tx<
      { kind: string }[]
    >`select mail.kind from private.mail join public.order_events as event on event.id = mail.event_id
      where event.order_id = ${orderId} order by mail.event_id`
  ).map(({ kind }) => kind)

test('each event that concerns the buyer causes one e-mail, and no other event does', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 5)
    const { placed } = await anOrder(tx, variantId, 2)
    expect(await kinds(tx, placed.order_id)).toEqual(['order_placed'])

    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId), 2)
    expect(await kinds(tx, placed.order_id)).toEqual(['order_placed', 'order_ready'])

    const table = thePackingTable(tx)
    await table.takePayment(placed.order_id)
    // A customer at the counter gets no e-mail about it.
    await table.fulfil(placed.order_id, locations[0])
    expect(await kinds(tx, placed.order_id)).toEqual(['order_placed', 'order_ready'])
  }))

test('an order that is sent, short, declined, refunded or cancelled causes its e-mail', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    const provider = await theProvider(tx)
    const { placed, itemId } = await anOrder(tx, variantId, 3, 'sandbox')
    await provider(placed.payment_id, 'declined', 0)
    await provider(placed.payment_id, 'captured', placed.total_minor)
    const picker = aPicker(tx)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId))
    await picker.short(placed.order_id, locations[0], itemId, 1)
    await provider(placed.payment_id, 'refunded', 1200)
    await thePackingTable(tx).fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 1 }])
    await thePackingTable(tx).cancel(placed.order_id)
    expect(await kinds(tx, placed.order_id)).toEqual([
      'payment_declined',
      'order_placed',
      'order_reduced',
      'order_refunded',
      'order_sent',
      'order_reduced',
    ])
  }))

test('an order that is refused leaves no e-mail behind', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const before = Number((await tx`select count(*) from private.mail`)[0]?.count)
    await tx
      .savepoint(async (nested) => {
        await anOrder(nested, variantId, 1)
        throw new Error('the transaction ends here')
      })
      .catch(() => undefined)
    expect(Number((await tx`select count(*) from private.mail`)[0]?.count)).toBe(before)
  }))

test('a message has one sender at a time, and a new one when the first is gone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const [first] = await take(tx, placed.order_id)
    expect(first).toMatchObject({ kind: 'order_placed', order: { number: placed.number } })
    expect(await take(tx, placed.order_id)).toEqual([])

    await letPass(tx, '5 minutes 1 second')
    const [second] = await take(tx, placed.order_id)
    expect(second?.message_id).toBe(first?.message_id)
    // The first server comes back to life: its receipt is worth nothing now.
    expect(await settle(tx, first as Taken)).toBe(false)
    expect(await settle(tx, second as Taken)).toBe(true)
    expect(await stateOf(tx, second as Taken)).toEqual({ status: 'sent', attempts: 2, error: null })
    await letPass(tx, '1 day')
    expect(await take(tx, placed.order_id)).toEqual([])
  }))

test('a mail server that refuses is asked again, later each time, and not for ever', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    for (let attempt = 1; attempt <= 10; attempt++) {
      const [mail] = await take(tx, placed.order_id)
      expect(mail, `attempt ${attempt}`).toBeDefined()
      await settle(tx, mail as Taken, '421 try later')
      expect(await take(tx, placed.order_id)).toEqual([])
      const minutes = Math.min(2 ** (attempt - 1), 240)
      await letPass(tx, `${minutes} minutes`)
      if (attempt === 10)
        expect(await stateOf(tx, mail as Taken)).toEqual({
          status: 'failed',
          attempts: 10,
          error: '421 try later',
        })
    }
    expect(await take(tx, placed.order_id)).toEqual([])
  }))

test('a message that failed is sent again by a manager, once a key', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const [mail] = await take(tx, placed.order_id)
    await settle(tx, mail as Taken, '550 no such mailbox', true)
    expect(await stateOf(tx, mail as Taken)).toMatchObject({ status: 'failed', attempts: 1 })

    const manager = await person(tx, 'manager')
    const outbox = await as(
      tx,
      manager,
      async () => (await tx`select public.read_mail() as outbox`)[0]?.outbox,
    )
    expect(outbox.messages).toContainEqual(
      expect.objectContaining({ number: placed.number, status: 'failed', error: '550 no such mailbox' }),
    )
    const key = randomUUID()
    const again = () =>
      as(
        tx,
        manager,
        async () => (await tx`select public.send_mail_again(${[mail?.message_id ?? 0]}, ${key}) as n`)[0]?.n,
      )
    expect(await again()).toBe(1)
    expect(await take(tx, placed.order_id)).toHaveLength(1)
    expect(await again()).toBe(1)
    expect(await take(tx, placed.order_id)).toEqual([])
  }))

test('news of three days ago, and news for nobody, are not sent', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const old = (await anOrder(tx, variantId, 1)).placed
    await letPass(tx, '3 days 1 second')
    const erased = (await anOrder(tx, variantId, 1)).placed
    await tx`select private.erase_orders(${[erased.order_id]})`
    expect([...(await take(tx, old.order_id)), ...(await take(tx, erased.order_id))]).toEqual([])
    const errors = await tx`select mail.status, mail.error from private.mail
      join public.order_events as event on event.id = mail.event_id
      where event.kind = 'placed' and event.order_id = any (${[old.order_id, erased.order_id]}) order by mail.event_id`
    expect([...errors]).toEqual([
      { status: 'failed', error: 'Not sent within three days.' },
      { status: 'failed', error: 'The person was erased from the order.' },
    ])
  }))

test('the link in an e-mail opens its order alone, for 90 days, and not after an erasure', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const other = (await anOrder(tx, variantId, 1)).placed
    const [mail] = await take(tx, placed.order_id)
    const token = mail?.order_token ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    const open = async (orderId: string) => {
      await actAs(tx, secretKey)
      const answer = await tx
        .savepoint((nested) => nested`select public.read_order(${orderId}, ${token}) ->> 'number' as number`)
        .then(
          ([row]) => Number(row?.number),
          () => null,
        )
      await actAsOwner(tx)
      return answer
    }
    expect(await open(placed.order_id)).toBe(placed.number)
    expect(await open(other.order_id)).toBeNull()
    await letPass(tx, '89 days')
    expect(await open(placed.order_id)).toBe(placed.number)
    await letPass(tx, '2 days')
    expect(await open(placed.order_id)).toBeNull()

    await tx`update private.order_links set expires_at = private.clock() + interval '1 day' where order_id = ${placed.order_id}`
    expect(await open(placed.order_id)).toBe(placed.number)
    await endOverdue(tx)
    await tx`select private.erase_orders(${[placed.order_id]})`
    expect(await open(placed.order_id)).toBeNull()
  }))

test('the order of an account is linked without a secret', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const buyer = await person(tx)
    await tx`update public.orders set user_id = ${buyer.userId ?? null} where id = ${placed.order_id}`
    expect((await take(tx, placed.order_id))[0]?.order_token).toBeNull()
  }))

test.each(everyone)("%s: sending is for the shop's server, the outbox for managers", (who) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await caller(tx, who))
    for (const call of [
      (nested: Tx) => nested`select public.take_mail(1)`,
      (nested: Tx) => nested`select public.settle_mail(1, ${randomUUID()}, null, false)`,
    ]) {
      const attempt = tx.savepoint(call)
      if (who === 'secret key') await expect(attempt).resolves.toBeDefined()
      else await expect(attempt).rejects.toMatchObject({ code: '42501' })
    }
    for (const call of [
      (nested: Tx) => nested`select public.read_mail()`,
      (nested: Tx) => nested`select public.send_mail_again(${[1]}, ${randomUUID()})`,
    ])
      await expectAllowedFrom('manager', who, tx.savepoint(call))
  }),
)
