import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
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
import { actAs, actAsOwner, connect, person, refused, rolledBack } from '@/tests/support/database'
import { forget, pass } from '@/tests/support/retention'
import { mentions } from '@/tests/support/shop/erased'
import { drift, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('guest orders join the account that confirmed their address, and leave it again; every sum follows', () =>
  rolledBack(sql, async (tx) => {
    const email = anAddress()
    const { ids, first } = await guestOrders(tx, email, 3)
    const account = await anAccount(tx, email, false)
    const manager = await person(tx, 'manager')
    await actAs(tx, manager)
    await note(tx, first, 'Prefers blue')
    expect(await refused(tx, (nested) => merge(nested, first))).toMatchObject({ code: 'no_account' })
    expect((await customerOf(tx, first)).guest_orders).toBe(0)

    await actAsOwner(tx)
    await tx`update auth.users set email_confirmed_at = now() where id = ${account.userId ?? null}`
    await actAs(tx, manager)
    expect((await customerOf(tx, first)).guest_orders).toBe(3)
    expect(await merge(tx, first)).toEqual({ orders: 3 })

    expect(await customerOf(tx, first)).toMatchObject({
      has_account: true,
      account_email: email,
      total: 3,
      merged_orders: 3,
      guest_orders: 0,
      notes: [{ body: 'Prefers blue' }],
    })
    await actAs(tx, account)
    expect((await tx`select public.read_own_orders() as own`)[0]?.own).toMatchObject({ total: 3 })
    await actAsOwner(tx)
    expect(await drift(tx)).toEqual([])

    await actAs(tx, manager)
    expect(await separate(tx, ids[2] ?? '')).toEqual({ orders: 3 })
    expect(await customerOf(tx, first)).toMatchObject({ has_account: false, total: 3, merged_orders: 0 })
    await actAs(tx, account)
    expect((await tx`select public.read_own_orders() as own`)[0]?.own).toMatchObject({ total: 0 })
    await actAsOwner(tx)
    expect(await drift(tx)).toEqual([])
  }))

test('an account agrees to advertising and withdraws, whatever staff recorded before', () =>
  rolledBack(sql, async (tx) => {
    const email = anAddress()
    const { first } = await guestOrders(tx, email, 1)
    const account = await anAccount(tx, email)
    const manager = await person(tx, 'manager')
    await actAs(tx, manager)
    await consent(tx, first, true)
    await merge(tx, first)

    const own = async (given: boolean | null = null) =>
      (await tx`select public.own_consent(${given}) as now`)[0]?.now
    await actAs(tx, account)
    expect(await own()).toBe(true)
    expect(await own(false)).toBe(false)
    expect(await own()).toBe(false)
    expect((await tx`select public.export_account() as own`)[0]?.own).toMatchObject({
      marketing_consents: [
        { given: true, source: 'staff' },
        { given: false, source: 'customer' },
      ],
    })
    await actAs(tx, manager)
    expect((await customerOf(tx, first)).consent).toMatchObject({ given: false, source: 'customer' })
    await actAs(tx, { role: 'authenticated', userId: randomUUID() })
    expect(await refused(tx, (nested) => nested`select public.own_consent(true)`)).toMatchObject({
      code: 'signed_out',
    })
  }))

test('notes and consents end with the person: of a deleted account at once, of a guest with the order', () =>
  rolledBack(sql, async (tx) => {
    const email = anAddress()
    const guestsOwn = anAddress()
    const { first } = await guestOrders(tx, email, 2)
    const guest = await guestOrders(tx, guestsOwn, 1)
    const account = await anAccount(tx, email)
    await actAs(tx, await person(tx, 'manager'))
    for (const id of [first, guest.first]) {
      await note(tx, id, `Call ${id}`)
      await consent(tx, id, true)
    }
    await merge(tx, first)
    await actAs(tx, account)
    await tx`select public.own_consent(false)`

    await tx`select public.erase_account(${randomUUID()})`

    await actAsOwner(tx)
    expect(await tx`select from public.customer_notes where body = ${`Call ${first}`}`).toHaveLength(0)
    expect(
      await tx`select from public.marketing_consents where user_id = ${account.userId ?? null}`,
    ).toHaveLength(0)
    expect(await tx`select from public.customer_notes where body = ${`Call ${guest.first}`}`).toHaveLength(1)
    await actAs(tx, await person(tx, 'viewer'))
    expect(await customersLike(tx, email)).toEqual([])
    expect(await refused(tx, (nested) => customerOf(nested, first))).toMatchObject({ code: 'not_found' })

    await actAsOwner(tx)
    await thePackingTable(tx).takePayment(guest.first)
    await thePackingTable(tx).fulfil(guest.first, guest.place)
    await actAsOwner(tx)
    await pass(tx, '11 years')
    await forget(tx)
    expect(await tx`select from public.customer_notes where body = ${`Call ${guest.first}`}`).toHaveLength(0)
    expect(await tx`select from public.marketing_consents where order_id = ${guest.first}`).toHaveLength(0)
    expect(await mentions(tx, new RegExp(guestsOwn))).toEqual([])
    expect(await drift(tx)).toEqual([])
  }))
