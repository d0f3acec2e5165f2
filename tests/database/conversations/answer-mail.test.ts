import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aWriter, theInbox } from '@/tests/support/conversations/conversations'
import {
  actAs,
  actAsOwner,
  type Caller,
  connect,
  person,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { takeDueMail } from '@/tests/support/mail/due-mail'
import { letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

type Taken = { kind: string; account?: { to: string; token: string } }

/** A question of an account with a confirmed address. */
async function aQuestion(tx: Tx) {
  const shopper = await person(tx)
  const email = `${randomUUID()}@example.test`
  await tx`update auth.users set email = ${email}, email_confirmed_at = now() where id = ${shopper.userId ?? ''}`
  await actAs(tx, shopper)
  const { conversation_id: id } = await aWriter(tx, null).ask()
  return { id, email, shopper, staff: await asOwner(tx, () => person(tx, 'stock')) }
}

async function asOwner<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await actAsOwner(tx)
  return work()
}

async function as<T>(tx: Tx, caller: Caller, work: () => Promise<T>): Promise<T> {
  await actAs(tx, caller)
  const result = await work()
  await actAsOwner(tx)
  return result
}

/** The messages about answers in this conversation that are due after so long. */
async function dueAfter(tx: Tx, time: string, id: string): Promise<Taken[]> {
  await letPass(tx, time)
  const taken = await takeDueMail<Taken>(tx)
  return taken.filter(({ kind, account }) => kind === 'shop_answered' && account?.token === id)
}

test('an account is told of answers after five minutes, once for each time it wrote', () =>
  rolledBack(sql, async (tx) => {
    const { id, email, shopper, staff } = await aQuestion(tx)
    await as(tx, staff, () => theInbox(tx).answer(id))
    await as(tx, staff, () => theInbox(tx).answer(id, 'And in green.'))

    expect(await dueAfter(tx, '4 minutes 59 seconds', id)).toEqual([])
    expect(await dueAfter(tx, '1 second', id)).toMatchObject([{ account: { to: email, token: id } }])

    await as(tx, shopper, () => aWriter(tx, null).send(id))
    await as(tx, staff, () => theInbox(tx).answer(id))
    expect(await dueAfter(tx, '5 minutes', id)).toHaveLength(1)
  }))

test('a shopper who wrote again in time, and one whose conversation is deleted, get no e-mail', () =>
  rolledBack(sql, async (tx) => {
    const { id, shopper, staff } = await aQuestion(tx)
    await as(tx, staff, () => theInbox(tx).answer(id))
    await as(tx, shopper, () => aWriter(tx, null).send(id))
    expect(await dueAfter(tx, '5 minutes', id)).toEqual([])

    await as(tx, staff, () => theInbox(tx).answer(id))
    await tx`delete from public.conversations where id = ${id}`
    expect(await dueAfter(tx, '5 minutes', id)).toEqual([])
  }))

test('a note, a guest and an address that is not confirmed cause no e-mail', () =>
  rolledBack(sql, async (tx) => {
    const { id, shopper, staff } = await aQuestion(tx)
    await as(tx, staff, () => theInbox(tx).answer(id, 'They ask often.', true))
    const { conversation_id: ofGuest } = await aWriter(tx).ask()
    await as(tx, staff, () => theInbox(tx).answer(ofGuest))
    expect(await dueAfter(tx, '1 hour', id)).toEqual([])
    expect(await dueAfter(tx, '1 hour', ofGuest)).toEqual([])

    await tx`update auth.users set email_confirmed_at = null where id = ${shopper.userId ?? ''}`
    await as(tx, staff, () => theInbox(tx).answer(id))
    expect(await dueAfter(tx, '1 hour', id)).toEqual([])
  }))
