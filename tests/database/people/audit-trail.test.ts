import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  type Caller,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

/** The lines of this kind in this transaction, oldest first. */
const lines = (tx: Tx, subject: string) => tx`
  select actor_name, action, subject_id, label, before, after from public.audit_trail
  where subject = ${subject} and at = now() order by id`

test('a changed price leaves who, what, before and after, and nothing else of the row', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aShop(tx)
    const manager = await person(tx, 'manager')
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: manager.userId })}, true)`

    await tx`update public.variants set price_minor = 1500 where id = ${variants[0] ?? ''}`

    expect([...(await lines(tx, 'variant'))].at(-1)).toEqual({
      actor_name: 'manager',
      action: 'changed',
      subject_id: variants[0],
      label: `MUG-${variants[0]}`,
      before: { price_minor: 1200 },
      after: { price_minor: 1500 },
    })
  }))

test('one statement over many rows leaves a line for each that it changed', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aShop(tx, 3)
    await tx`update public.variants set barcode = '4006381333931' where id = ${variants[0] ?? ''}`
    const before = (await lines(tx, 'variant')).length

    await tx`update public.variants set barcode = '4006381333931' where id = any (${variants}::uuid[])`

    const written = (await lines(tx, 'variant')).slice(before)
    expect(written.map((line) => line.subject_id).sort()).toEqual(variants.slice(1).sort())
  }))

test('created and removed rows are kept whole, without secrets and housekeeping', () =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('trail', 'Trails')`
    await tx`delete from public.categories where slug = 'trail'`

    const whole = { slug: 'trail', title: 'Trails', blurb: '', position: 0, picture: '' }
    expect([...(await lines(tx, 'category'))]).toEqual([
      expect.objectContaining({ actor_name: 'The shop', action: 'created', before: null, after: whole }),
      expect.objectContaining({ actor_name: 'The shop', action: 'removed', before: whole, after: null }),
    ])
  }))

test('changes that a document records leave no second line', () =>
  rolledBack(sql, async (tx) => {
    const { productId } = await aShop(tx)
    const before = (await lines(tx, 'product')).length

    await tx`select private.leave_trail_to('import-1')`
    await tx`update public.products set title = 'Cup' where id = ${productId}`

    expect(await lines(tx, 'product')).toHaveLength(before)
  }))

test('units, holds and orders write nothing here: they have records of their own', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations } = await aShop(tx)
    const before = await tx`select count(*) from public.audit_trail`

    await deliver(tx, variants[0] ?? '', locations[0], 5)

    expect([...(await tx`select count(*) from public.audit_trail`)]).toEqual([...before])
  }))

test('a deed is written with the fields that differ', () =>
  rolledBack(sql, async (tx) => {
    await tx`select private.audit('renamed', 'shelf', '7', 'Shelf 7',
      ${tx.json({ name: 'Top', place: 'A' })}, ${tx.json({ name: 'Upper', place: 'A' })})`

    expect([...(await lines(tx, 'shelf'))]).toEqual([
      {
        actor_name: 'The shop',
        action: 'renamed',
        subject_id: '7',
        label: 'Shelf 7',
        before: { name: 'Top' },
        after: { name: 'Upper' },
      },
    ])
  }))

const everyone: [string, (tx: Tx) => Promise<Caller>, boolean][] = [
  ['shopper', async () => shopper, false],
  ['customer', (tx) => person(tx), false],
  ['viewer', (tx) => person(tx, 'viewer'), false],
  ['stock', (tx) => person(tx, 'stock'), false],
  ['manager', (tx) => person(tx, 'manager'), true],
  ['secret key', async () => secretKey, true],
]

test.for(everyone)('a %s reads the trail if they manage', ([, caller, reads]) =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await caller(tx))

    const read = tx.savepoint((at) => at`select id from public.audit_trail`)

    if (reads) expect((await read).length).toBeGreaterThan(0)
    else expect(await read.catch(() => [])).toHaveLength(0)
  }),
)

test.for(everyone)('a %s cannot write, change or remove a line', ([, caller]) =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await caller(tx))

    for (const attempt of [
      `insert into public.audit_trail (actor_name, action, subject, subject_id, label) values ('A', 'a', 'a', 'a', 'a')`,
      `update public.audit_trail set label = ''`,
      'delete from public.audit_trail',
      'truncate public.audit_trail',
    ]) {
      await expect(tx.savepoint((at) => at.unsafe(attempt))).rejects.toMatchObject({ code: '42501' })
    }
  }),
)

test('not even the owner of the table rewrites it', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAsOwner(tx)

    for (const attempt of [
      `update public.audit_trail set label = ''`,
      'delete from public.audit_trail',
      'truncate public.audit_trail',
    ]) {
      const { code } = await refusal(tx.savepoint((at) => at.unsafe(attempt)))
      expect(code).toBe('ledger_is_append_only')
    }
  }))
