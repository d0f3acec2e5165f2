import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, rolledBack, type Tx } from '@/tests/support/database'
import { theOffice } from '@/tests/support/people'

const sql = connect(1)
afterAll(() => sql.end())

const token = 'c'.repeat(64)

interface Taken {
  message_id: number
  lease: string
  kind: string
  account?: Record<string, string>
}

const anAddress = () => `${randomUUID()}@example.test`

/** The message to this address as a server takes it; those that other tests left wait for another day. */
const takenFor = async (tx: Tx, to: string): Promise<Taken | undefined> => {
  await tx`update private.mail set due_at = private.clock() + interval '1 day'
    where status = 'waiting' and account ->> 'to' is distinct from ${to}`
  const [row] = await tx<{ taken: Taken[] }[]>`select public.take_mail(100) as taken`
  return row?.taken.find(({ account }) => account?.to === to)
}

test('a call of the hook that comes twice is one message, which forgets its secret when it is sent', () =>
  rolledBack(sql, async (tx) => {
    const [to, request] = [anAddress(), `msg_${randomUUID()}`]
    const queue = () =>
      tx`select public.queue_auth_mail('reset_password', ${to}, ${token}, ${request}) as isnew`
    expect([(await queue())[0]?.isnew, (await queue())[0]?.isnew]).toEqual([true, false])

    const mail = await takenFor(tx, to)
    expect(mail).toMatchObject({ kind: 'reset_password', account: { to, token } })
    expect(await takenFor(tx, to)).toBeUndefined()
    await tx`select public.settle_mail(${mail?.message_id ?? 0}, ${mail?.lease ?? null})`
    expect(await tx`select status, account from private.mail where request = ${request}`).toMatchObject([
      { status: 'sent', account: null },
    ])
  }))

test('a message whose link has ended is given up, and its secret with it', () =>
  rolledBack(sql, async (tx) => {
    const [to, request] = [anAddress(), `msg_${randomUUID()}`]
    await tx`select public.queue_auth_mail('confirm_address', ${to}, ${token}, ${request})`
    await tx`update private.mail set ends_at = private.clock() where request = ${request}`
    expect(await takenFor(tx, to)).toBeUndefined()
    expect(
      await tx`select status, account, error from private.mail where request = ${request}`,
    ).toMatchObject([{ status: 'failed', account: null, error: 'The link ended before it was sent.' }])
  }))

test('an invitation is mailed with its link in the transaction that makes it; a renewed link has its own message', () =>
  rolledBack(sql, async (tx) => {
    const to = anAddress()
    await actAs(tx, await person(tx, 'manager'))
    const { id, secret } = await theOffice(tx).invite(to, { role: 'stock' })
    await actAsOwner(tx)
    expect(await takenFor(tx, to)).toMatchObject({
      kind: 'staff_invitation',
      account: { to, token: secret, name: 'Noor', invited_by: 'manager' },
    })
    await actAs(tx, await person(tx, 'manager'))
    await theOffice(tx).renew(id, 'd'.repeat(43))
    await actAsOwner(tx)
    expect((await takenFor(tx, to))?.account?.token).toBe('d'.repeat(43))
  }))

test.each([
  ['order_placed', 'ada@example.test', token, 'kind'],
  ['reset_password', 'ada@example.test\nBcc: eve@example.test', token, 'recipient'],
  ['reset_password', 'ada@example.test', '../../staff', 'token'],
])('%s to %j with %j is refused', async (kind, to, secret, field) => {
  await expect(
    sql`select public.queue_auth_mail(${kind}, ${to}, ${secret}, ${randomUUID()})`,
  ).rejects.toMatchObject({ message: 'invalid_input', detail: expect.stringContaining(field) })
})
