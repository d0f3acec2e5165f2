import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aWriter, bodiesOf, theInbox } from '@/tests/support/conversations/conversations'
import { actAs, actAsOwner, connect, person, refused, rolledBack, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aNetwork, aToken, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(4)
afterAll(() => sql.end())

const inboxOf = async (tx: Tx) => {
  const [row] = await tx`select open, pending from public.inbox_counts`
  return { open: Number(row?.open), pending: Number(row?.pending) }
}

test('a message that is sent twice is written once, and another text under its key is refused', () =>
  rolledBack(sql, async (tx) => {
    const writer = aWriter(tx)
    const [first, second] = [randomUUID(), randomUUID()]
    const { conversation_id: id } = await writer.ask('shop', null, 'Hello?', first)
    expect(await writer.ask('shop', null, 'Hello?', first)).toEqual({ conversation_id: id })
    await writer.send(id, 'Anybody?', second)
    expect(bodiesOf(await writer.send(id, 'Anybody?', second))).toEqual(['Hello?', 'Anybody?'])
    expect(
      await refused(tx, (nested) => aWriter(nested, writer.token).send(id, 'Else', second)),
    ).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
    expect(await drift(tx)).toEqual([])
  }))

test('a message is written once although its key is forgotten', () =>
  rolledBack(sql, async (tx) => {
    const writer = aWriter(tx)
    const { conversation_id: id } = await writer.ask()
    const key = randomUUID()
    await writer.send(id, 'Once', key)
    await tx`delete from private.idempotency_keys`
    await expect(
      tx.savepoint((nested) => aWriter(nested, writer.token).send(id, 'Once', key)),
    ).rejects.toMatchObject({ code: '23505' })
  }))

test('a message never changes', () =>
  rolledBack(sql, async (tx) => {
    await aWriter(tx).ask()
    expect(
      await refused(tx, (nested) => nested`update public.conversation_messages set body = 'Other'`),
    ).toMatchObject({ code: 'ledger_is_append_only' })
  }))

test('a question about the same subject goes on in its conversation until that is resolved', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await stockedVariant(tx, 1)
    const writer = aWriter(tx)
    const { conversation_id: id } = await writer.ask('product', productId)
    expect((await writer.ask('product', productId)).conversation_id).toBe(id)
    expect((await writer.ask('cart')).conversation_id).not.toBe(id)
    await theInbox(tx).change(id, { status: 'resolved' })
    expect((await writer.ask('product', productId)).conversation_id).not.toBe(id)
    expect(await drift(tx)).toEqual([])
  }))

test('an answer makes a conversation pending and its author responsible, a message opens it again', () =>
  rolledBack(sql, async (tx) => {
    const before = await inboxOf(tx)
    const writer = aWriter(tx)
    const { conversation_id: id } = await writer.ask()
    expect(await inboxOf(tx)).toEqual({ open: before.open + 1, pending: before.pending })
    const staff = await person(tx, 'stock')
    await actAs(tx, staff)
    const noted = await theInbox(tx).answer(id, 'A regular.', true)
    expect(noted).toMatchObject({ status: 'open', assigned_to: null })
    expect(await theInbox(tx).answer(id)).toMatchObject({ status: 'pending', assigned_to: staff.userId })
    expect(await inboxOf(tx)).toEqual({ open: before.open, pending: before.pending + 1 })
    await theInbox(tx).change(id, { status: 'resolved' })
    await actAs(tx, { role: 'service_role' })
    expect(await writer.send(id)).toMatchObject({ status: 'open' })
    expect(bodiesOf(await writer.read(id))).toEqual(['Is it blue?', 'Yes.', 'And red?'])
    await actAsOwner(tx)
    expect(await drift(tx)).toEqual([])
  }))

test('the shop keeps who assigned and resolved a conversation', () =>
  rolledBack(sql, async (tx) => {
    const { conversation_id: id } = await aWriter(tx).ask()
    const staff = await person(tx, 'stock')
    await actAs(tx, staff)
    await theInbox(tx).change(id, { assign: true })
    await theInbox(tx).change(id, { status: 'resolved' })
    await actAsOwner(tx)
    const trail = await tx`select actor, before, after from public.audit_trail
      where subject = 'conversation' and subject_id = ${id} order by id`
    expect([...trail]).toMatchObject([
      { actor: staff.userId, after: { assigned_to: staff.userId } },
      { actor: staff.userId, before: { status: 'open' }, after: { status: 'resolved' } },
    ])
  }))

test('staff see the cart of the shopper with what is held', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 3)
    const token = aToken()
    await aGuest(tx, token).hold(variantId, 2)
    const { conversation_id: id } = await aWriter(tx, token).ask('cart')
    expect(await theInbox(tx).read(id)).toMatchObject({
      cart: { lines: [{ variant_id: variantId, quantity: 2, held: 2 }] },
    })
  }))

test('an order is asked about by its buyer alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 3)
    const token = aToken()
    const buyer = aGuest(tx, token)
    await buyer.hold(variantId)
    const { order_id: orderId } = await buyer.place()
    expect(await refused(tx, (nested) => aWriter(nested).ask('order', orderId))).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    const { conversation_id: id } = await aWriter(tx, token).ask('order', orderId)
    expect(await theInbox(tx).read(id)).toMatchObject({ order: { id: orderId } })
  }))

test.for(['', ' \n ', 'x'.repeat(1501), 'a\u0007b', 'a\u202eb'])('a message is not %j', (body) =>
  rolledBack(sql, async (tx) => {
    expect(await refused(tx, (nested) => aWriter(nested).ask('shop', null, body))).toMatchObject({
      status: 422,
      code: 'invalid_input',
    })
  }),
)

test('a product that is not for sale is not asked about, nor anything unknown', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await stockedVariant(tx, 1)
    await tx`update public.products set status = 'draft' where id = ${productId}`
    for (const [about, id] of [
      ['product', productId],
      ['product', randomUUID()],
      ['product', null],
      ['order', randomUUID()],
      ['cart', productId],
    ] as const)
      expect(await refused(tx, (nested) => aWriter(nested).ask(about, id))).toMatchObject({
        code: 'not_found',
      })
  }))

test('a guest writes thirty messages in ten minutes and no more', () =>
  rolledBack(sql, async (tx) => {
    const writer = aWriter(tx)
    const { conversation_id: id } = await writer.ask()
    for (let n = 1; n < 30; n++) await writer.send(id, `Message ${n}`)
    const again = (nested: Tx) => aWriter(nested, writer.token).send(id)
    expect(await refused(tx, again)).toMatchObject({ status: 429, code: 'too_many_requests' })
    await letPass(tx, '11 minutes')
    await writer.send(id)
  }))

test('a blocked guest and a blocked network write nothing', () =>
  rolledBack(sql, async (tx) => {
    const network = aNetwork()
    const writer = aWriter(tx)
    const { conversation_id: id } = await writer.ask()
    await tx`insert into private.blocks (subject, reason) values
      ('g:' || encode(private.token_hash(${writer.token}), 'hex'), 'spam'), (${`n:${network}`}, 'spam')`
    expect(await refused(tx, (nested) => aWriter(nested, writer.token).send(id))).toMatchObject({
      status: 403,
      code: 'blocked',
    })
    expect(await refused(tx, (nested) => aWriter(nested, aToken(), network).ask())).toMatchObject({
      code: 'blocked',
    })
  }))

test('a deleted account leaves no message, and an erased order none about it', () =>
  rolledBack(sql, async (tx) => {
    const account = await person(tx)
    await actAs(tx, account)
    const { conversation_id: id } = await aWriter(tx, null).ask()
    await tx`select public.erase_account(${randomUUID()})`
    await actAsOwner(tx)
    const { variantId } = await stockedVariant(tx, 3)
    const token = aToken()
    const buyer = aGuest(tx, token)
    await buyer.hold(variantId)
    const { order_id: orderId } = await buyer.place()
    const about = await aWriter(tx, token).ask('order', orderId)
    await buyer.cancel(orderId)
    await tx`select public.erase_order(${orderId}, ${token}, ${randomUUID()})`
    const left = await tx`select 1 from public.conversation_messages
      where conversation_id in (${id}, ${about.conversation_id})`
    expect([...left]).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))

test('a conversation ends a year after its last message', () =>
  rolledBack(sql, async (tx) => {
    const { conversation_id: id } = await aWriter(tx).ask()
    const alive = async () => (await tx`select 1 from public.conversations where id = ${id}`).length
    await letPass(tx, '364 days')
    await tx`select public.forget_old_rows(10000)`
    expect(await alive()).toBe(1)
    await letPass(tx, '2 days')
    await tx`select public.forget_old_rows(10000)`
    expect(await alive()).toBe(0)
    expect(await drift(tx)).toEqual([])
  }))
