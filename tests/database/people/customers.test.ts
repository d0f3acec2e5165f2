import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { CustomerEntry } from '@/lib/domain/people/customer'
import {
  anAccount,
  anAddress,
  consent,
  customerOf,
  customersLike,
  guestOrders,
  merge,
  note,
  separate,
} from '@/tests/support/customers/customers'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refused,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

test('every customer is on one page of the list, and the pages end', () =>
  rolledBack(sql, async (tx) => {
    const emails = Array.from({ length: 5 }, (_, n) => `many-${n}-${randomUUID()}@example.test`)
    const tag = randomUUID()
    for (const email of emails) await guestOrders(tx, email.replace('many', tag), 2)
    await actAs(tx, await person(tx, 'viewer'))

    const seen: CustomerEntry[] = []
    for (let before: number | null = null; ; ) {
      const page: CustomerEntry[] = await customersLike(tx, tag, before, 2)
      if (page.length === 0) break
      seen.push(...page)
      before = page.at(-1)?.number ?? null
    }

    expect(seen.map(({ email }) => email)).toEqual(
      emails.map((email) => email.replace('many', tag)).reverse(),
    )
    expect(seen.map(({ orders, has_account }) => [orders, has_account])).toEqual(emails.map(() => [2, false]))
  }))

test('a viewer reads customers, a stock keeper notes and records, a manager merges; a shopper does nothing', () =>
  rolledBack(sql, async (tx) => {
    const email = anAddress()
    const { first } = await guestOrders(tx, email, 1)
    await anAccount(tx, email)
    const calls: Record<string, (nested: Tx) => Promise<unknown>> = {
      list: (nested) => customersLike(nested, email),
      read: (nested) => customerOf(nested, first),
      note: (nested) => note(nested, first, 'Likes mugs'),
      consent: (nested) => consent(nested, first, true),
      separate: (nested) => separate(nested, first),
      merge: (nested) => merge(nested, first),
    }
    for (const [role, open] of [
      [undefined, []],
      ['viewer', ['list', 'read']],
      ['stock', ['list', 'read', 'note', 'consent']],
      ['manager', Object.keys(calls)],
    ] as const) {
      await actAsOwner(tx)
      await actAs(tx, await person(tx, role))
      for (const [name, call] of Object.entries(calls)) {
        if ((open as readonly string[]).includes(name)) await tx.savepoint(call)
        else expect(await refused(tx, call), `${role} ${name}`).toMatchObject({ code: 'role_required' })
      }
    }
    await actAs(tx, shopper)
    for (const call of Object.values(calls)) {
      await expect(tx.savepoint(call)).rejects.toMatchObject({ code: '42501' })
    }
  }))

test('notes and consents are visible to staff, not to shoppers, and nobody changes or removes one', () =>
  rolledBack(sql, async (tx) => {
    const { first } = await guestOrders(tx, anAddress(), 1)
    const [viewer, stock, outsider] = [
      await person(tx, 'viewer'),
      await person(tx, 'stock'),
      await person(tx),
    ]
    await actAs(tx, stock)
    const key = randomUUID()
    await note(tx, first, ' Rings\r\ntwice ', key)
    await note(tx, first, 'Rings\ntwice', key)
    await consent(tx, first, true)
    await consent(tx, first, true)

    const counted = async () => [
      (await tx`select from public.customer_notes where order_id = ${first}`).length,
      (await tx`select from public.marketing_consents where order_id = ${first}`).length,
    ]
    await actAs(tx, viewer)
    expect(await counted()).toEqual([1, 1])
    expect((await customerOf(tx, first)).notes).toMatchObject([{ body: 'Rings\ntwice' }])
    await actAs(tx, outsider)
    expect(await counted()).toEqual([0, 0])
    for (const statement of [
      `insert into public.customer_notes (order_id, body) values ('${first}', 'x')`,
      `insert into public.marketing_consents (order_id, given, source) values ('${first}', true, 'staff')`,
      'update public.customer_notes set body = $$x$$',
      'delete from public.marketing_consents',
    ]) {
      for (const who of [viewer, outsider, shopper]) {
        await actAs(tx, who)
        await expect(tx.savepoint((nested) => nested.unsafe(statement))).rejects.toMatchObject({
          code: '42501',
        })
      }
    }
    await actAsOwner(tx)
    for (const table of ['customer_notes', 'marketing_consents']) {
      for (const statement of [
        `update public.${table} set created_at = now()`,
        `delete from public.${table}`,
        `truncate public.${table}`,
      ])
        expect(await refused(tx, (nested) => nested.unsafe(statement)), statement).toMatchObject({
          code: 'ledger_is_append_only',
        })
    }
  }))

test('walk-in customers at the counter stay unknown', () =>
  rolledBack(sql, async (tx) => {
    const email = anAddress()
    const { first } = await guestOrders(tx, email, 1)
    await tx`update public.orders set is_walk_in = true, token_hash = null, guest_hash = null, phone = null
      where id = ${first}`
    await actAs(tx, await person(tx, 'stock'))

    expect(await customersLike(tx, email)).toEqual([])
    expect(await refused(tx, (nested) => note(nested, first, 'Hat'))).toMatchObject({ code: 'not_found' })
  }))
