import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, refusal, rolledBack } from '@/tests/support/database'
import { drift } from '@/tests/support/shop/shopping'
import { anOffer, entriesOf } from '@/tests/support/waitlist/waitlist'

const sql = connect(2)
afterAll(() => sql.end())

test('a person who leaves is forgotten at once, and their offer goes to the next person', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, account, rest, secret } = await anOffer(tx, 1)
    await tx`select public.leave_waitlist(${secret})`
    expect(await entriesOf(tx, variantId)).toMatchObject([{ user_id: rest[0], status: 'offered' }])
    expect(await tx`select from private.waitlist where user_id = ${account ?? ''}`).toHaveLength(0)
    expect(
      await refusal(tx.savepoint((nested) => nested`select public.read_waitlist_entry(${secret})`)),
    ).toMatchObject({
      code: 'not_found',
    })
    expect(await drift(tx)).toEqual([])
  }))

test('an account that is deleted leaves every waitlist, and its offer goes to the next person', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, account, rest } = await anOffer(tx, 1)
    await tx`delete from auth.users where id = ${account ?? ''}`
    expect(await entriesOf(tx, variantId)).toMatchObject([{ user_id: rest[0], status: 'offered' }])
    expect(await drift(tx)).toEqual([])
  }))

test('an account that waits with two of its addresses is deleted with both entries', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, account = '' } = await anOffer(tx)
    await tx`update auth.users set email = ${`${randomUUID()}@example.test`} where id = ${account}`
    await actAs(tx, { role: 'authenticated', userId: account })
    await tx`select public.join_waitlist(${variantId}, ${randomUUID()})`
    await actAsOwner(tx)
    expect(await entriesOf(tx, variantId)).toMatchObject([
      { user_id: account, status: 'offered' },
      { user_id: account, status: 'waiting' },
    ])

    await actAs(tx, { role: 'authenticated', userId: account })
    await tx`select public.erase_account(${randomUUID()})`

    await actAsOwner(tx)
    expect(await entriesOf(tx, variantId)).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))
