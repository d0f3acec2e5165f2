import { afterAll, expect, test } from 'vitest'
import { aWriter, theInbox } from '@/tests/support/conversations/conversations'
import {
  actAs,
  actAsOwner,
  connect,
  guest,
  person,
  refused,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom, reaches } from '@/tests/support/everyone'

const sql = connect(2)
afterAll(() => sql.end())

/** A question of a guest, with an internal note of staff. */
async function aQuestion(tx: Tx) {
  const writer = aWriter(tx)
  const { conversation_id: id } = await writer.ask()
  await theInbox(tx).answer(id, 'They ask often.', true)
  return { writer, id }
}

test.for(everyone)('tables: a %s sees conversations only as staff', (who) =>
  rolledBack(sql, async (tx) => {
    const { id } = await aQuestion(tx)
    await actAs(tx, await caller(tx, who))
    const count = (table: string, column: string) =>
      tx
        .savepoint(
          (nested) =>
            nested`select 1 from ${nested(`public.${table}`)} where ${nested(column)}::text = ${id}`,
        )
        .then(
          (rows) => rows.length,
          (error: { code?: string }) => (error.code === '42501' ? -1 : Promise.reject(error)),
        )
    const seen = reaches(who, 'viewer')
    const nothing = who === 'shopper' ? -1 : 0
    expect(await count('conversations', 'id')).toBe(seen ? 1 : nothing)
    expect(await count('conversation_messages', 'conversation_id')).toBe(seen ? 2 : nothing)
  }),
)

test.for(everyone)('reading at the desk: a %s may if they are staff', (who) =>
  rolledBack(sql, async (tx) => {
    const { id } = await aQuestion(tx)
    await actAs(tx, await caller(tx, who))
    await expectAllowedFrom(
      'viewer',
      who,
      tx.savepoint((nested) => theInbox(nested).read(id)),
    )
    await expectAllowedFrom(
      'viewer',
      who,
      tx.savepoint((nested) => nested`select public.read_inbox('open')`),
    )
  }),
)

test.for(everyone)('answering: a %s may if it is their job', (who) =>
  rolledBack(sql, async (tx) => {
    const { id } = await aQuestion(tx)
    await actAs(tx, await caller(tx, who))
    await expectAllowedFrom(
      'stock',
      who,
      tx.savepoint((nested) => theInbox(nested).answer(id)),
    )
    await expectAllowedFrom(
      'stock',
      who,
      tx.savepoint((nested) => theInbox(nested).change(id, { status: 'resolved' })),
    )
  }),
)

test('nobody but the database hears the secret of a guest', () =>
  rolledBack(sql, async (tx) => {
    await aQuestion(tx)
    await actAs(tx, await person(tx, 'manager'))
    const attempt = tx.savepoint((nested) => nested`select token_hash from public.conversations`)
    await expect(attempt).rejects.toMatchObject({ code: '42501' })
  }))

test('a guest reads and writes their conversation, another guest or account does not', () =>
  rolledBack(sql, async (tx) => {
    const { writer, id } = await aQuestion(tx)
    const account = await person(tx)
    await actAs(tx, guest)
    expect((await writer.read(id)).messages.map(({ kind }) => kind)).toEqual(['shopper'])
    expect(await writer.list()).toMatchObject([{ conversation_id: id }])

    const other = (nested: Tx) => aWriter(nested)
    expect(await refused(tx, (nested) => other(nested).read(id))).toMatchObject({ code: 'not_found' })
    expect(await refused(tx, (nested) => other(nested).send(id))).toMatchObject({ code: 'not_found' })
    expect(await other(tx).list()).toEqual([])

    await actAs(tx, account)
    expect(await refused(tx, (nested) => aWriter(nested, null).read(id))).toMatchObject({ code: 'not_found' })
    // The secret of a guest says nothing in the session of an account.
    expect(await refused(tx, (nested) => aWriter(nested, writer.token).send(id))).toMatchObject({
      code: 'not_found',
    })
  }))

test('an account reads and writes its conversation, and not that of another account', () =>
  rolledBack(sql, async (tx) => {
    const [me, other] = [await person(tx), await person(tx)]
    await actAs(tx, me)
    const writer = aWriter(tx, null)
    const { conversation_id: id } = await writer.ask()
    await writer.send(id)
    expect((await writer.read(id)).messages).toHaveLength(2)
    await actAs(tx, other)
    expect(await refused(tx, (nested) => aWriter(nested, null).read(id))).toMatchObject({ code: 'not_found' })
    await actAsOwner(tx)
  }))

test('the conversations of a guest who signs in are those of the account', () =>
  rolledBack(sql, async (tx) => {
    const { writer, id } = await aQuestion(tx)
    await actAs(tx, await person(tx))
    await tx`select public.adopt_cart(${writer.token})`
    expect((await aWriter(tx, null).read(id)).messages).toHaveLength(1)
    await actAs(tx, guest)
    expect(await refused(tx, (nested) => aWriter(nested, writer.token).read(id))).toMatchObject({
      code: 'not_found',
    })
  }))
