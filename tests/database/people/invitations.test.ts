import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  guest,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom } from '@/tests/support/everyone'
import { aSecret, theOffice } from '@/tests/support/people'

const sql = connect(2)
afterAll(() => sql.end())

/** A customer whose address can be invited. */
async function noor(tx: Tx) {
  const who = await person(tx)
  return { who, email: `${who.userId}@onhand.test` }
}

async function anInvitation(tx: Tx, locations: string[] | null = null) {
  const { who, email } = await noor(tx)
  const manager = await person(tx, 'manager')
  await actAs(tx, manager)
  return { who, email, manager, ...(await theOffice(tx).invite(email, { role: 'stock', locations })) }
}

test('an invited person with the link and the address becomes a staff member with those rights', () =>
  rolledBack(sql, async (tx) => {
    const [{ id: shop } = { id: '' }] = await tx`select id from public.locations order by position limit 1`
    const { who, email, secret } = await anInvitation(tx, [shop])

    await actAs(tx, guest)
    expect(await theOffice(tx).read(secret)).toMatchObject({
      email,
      role: 'stock',
      status: 'open',
      invited_by: 'manager',
    })
    await actAs(tx, who)
    const joined = await theOffice(tx).accept(secret)

    expect(joined).toEqual({
      user_id: who.userId,
      name: 'Noor',
      role: 'stock',
      location_ids: [shop],
      active: true,
    })
    expect(await theOffice(tx).accept(secret)).toEqual(joined)
    expect(await theOffice(tx).read(secret)).toMatchObject({ status: 'accepted' })
  }))

test('a link does not work for another person who finds it', () =>
  rolledBack(sql, async (tx) => {
    const { email, secret } = await anInvitation(tx)
    await actAsOwner(tx)
    await actAs(tx, await person(tx))

    expect(await refusal(theOffice(tx).accept(secret))).toMatchObject({
      status: 403,
      code: 'invitation_for_other',
      detail: { email },
    })
  }))

test('a guessed secret opens nothing', () =>
  rolledBack(sql, async (tx) => {
    const { who } = await anInvitation(tx)
    await actAs(tx, who)

    expect(await theOffice(tx).read(aSecret())).toBeNull()
    expect((await refusal(theOffice(tx).accept(aSecret()))).code).toBe('not_found')
  }))

test.for([
  ['cancelled', 'revoked', (tx: Tx, id: string) => theOffice(tx).revoke(id)],
  [
    'a week old',
    'expired',
    async (tx: Tx, id: string) => {
      await actAsOwner(tx)
      await tx`update public.staff_invitations set expires_at = now() - interval '1 second' where id = ${id}`
    },
  ],
] as const)('an invitation that is %s lets nobody in', ([, status, end]) =>
  rolledBack(sql, async (tx) => {
    const { who, id, secret } = await anInvitation(tx)
    await end(tx, id)
    await actAs(tx, who)

    expect(await theOffice(tx).read(secret)).toMatchObject({ status })
    expect(await refusal(theOffice(tx).accept(secret))).toMatchObject({
      code: 'invitation_closed',
      detail: { status },
    })
  }),
)

test('another link makes the former one worthless', () =>
  rolledBack(sql, async (tx) => {
    const { who, id, secret } = await anInvitation(tx)
    const fresh = aSecret()
    await theOffice(tx).renew(id, fresh)
    await actAs(tx, who)

    expect((await refusal(tx.savepoint((at) => theOffice(at).accept(secret)))).code).toBe('not_found')
    expect(await theOffice(tx).accept(fresh)).toMatchObject({ role: 'stock' })
  }))

test('the same invitation sent twice is one', () =>
  rolledBack(sql, async (tx) => {
    const { email } = await noor(tx)
    await actAs(tx, await person(tx, 'manager'))
    const [secret, key] = [aSecret(), randomUUID()]

    const first = await theOffice(tx).invite(email, { role: 'viewer' }, secret, key)

    expect(await theOffice(tx).invite(email, { role: 'viewer' }, secret, key)).toEqual(first)
    expect((await refusal(theOffice(tx).invite(email, { role: 'viewer' }))).code).toBe('staff_member_exists')
  }))

test('a current or former staff member is not invited again', () =>
  rolledBack(sql, async (tx) => {
    const staffMember = await person(tx, 'viewer')
    await tx`update public.staff set active = false where user_id = ${staffMember.userId ?? ''}`
    await actAs(tx, await person(tx, 'manager'))

    expect(
      await refusal(theOffice(tx).invite(`${staffMember.userId}@OnHand.test`, { role: 'stock' })),
    ).toMatchObject({
      code: 'staff_member_exists',
      detail: { active: false },
    })
  }))

test('the secret is kept nowhere, and its hash is shown to nobody', () =>
  rolledBack(sql, async (tx) => {
    const { id, secret } = await anInvitation(tx)

    await expect(
      tx.savepoint((at) => at`select secret_hash from public.staff_invitations`),
    ).rejects.toMatchObject({
      code: '42501',
    })
    expect(await tx`select id, email from public.staff_invitations where id = ${id}`).toHaveLength(1)
    await actAsOwner(tx)
    const kept = await tx`
      select to_jsonb(k)::text as line from private.idempotency_keys as k where k.operation = 'invite_staff_member'
      union all select to_jsonb(t)::text from public.audit_trail as t where t.subject_id = ${id}`
    expect(kept.length).toBeGreaterThan(1)
    for (const { line } of kept) expect(line).not.toContain(secret)
    const trail = await tx`select after from public.audit_trail where subject_id = ${id}`
    expect(trail[0]?.after).not.toHaveProperty('secret_hash')
  }))

test.for(everyone)('invitations: a %s may only if they manage', (who) =>
  rolledBack(sql, async (tx) => {
    const { id } = await anInvitation(tx)
    await actAsOwner(tx)
    const { email } = await noor(tx)
    await actAs(tx, await caller(tx, who))

    const seen = tx.savepoint((at) => at`select id from public.staff_invitations where id = ${id}`)
    if (who === 'shopper') await expect(seen).rejects.toMatchObject({ code: '42501' })
    else expect(await seen).toHaveLength(who === 'manager' || who === 'secret key' ? 1 : 0)
    const asked: ((at: Tx) => Promise<unknown>)[] = [
      (at) => theOffice(at).invite(email, { role: 'viewer' }),
      (at) => theOffice(at).renew(id, aSecret()),
      (at) => theOffice(at).revoke(id),
    ]
    for (const ask of asked) {
      await expectAllowedFrom('manager', who, tx.savepoint(ask))
    }
  }),
)
