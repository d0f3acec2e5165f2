import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, rolledBack } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom } from '@/tests/support/everyone'
import { theOffice } from '@/tests/support/people'
import { aCount } from '@/tests/support/shop/counts'
import { anOrder } from '@/tests/support/shop/orders'
import { thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

test('one list shows every action of a staff member, from every record', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const manager = await person(tx, 'manager')
    const keeper = await person(tx, 'stock')
    await actAs(tx, manager)
    await theOffice(tx).change(keeper, { role: 'viewer' })
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()}, null, 'dropped')`
    await thePackingTable(tx).fulfil(placed.order_id, shopId)
    await (await aCount(tx, shopId)).abandon()
    const lines = tx.json([{ variant_id: variantId, quantity: 2 }])
    await tx`select public.send_transfer(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`

    const read =
      await tx`select action, subject, actor_name, before, after from public.read_trail(${manager.userId ?? ''})`

    expect(read.map(({ subject, action }) => `${subject} ${action}`).toSorted()).toEqual([
      'count abandoned',
      'count started',
      'delivery sent',
      'order handed_over',
      'staff_member changed',
      'stock moved',
      'stock moved',
    ])
    expect(new Set(read.map((line) => line.actor_name))).toEqual(new Set(['manager']))
    expect(read.find((line) => line.subject === 'staff_member')).toMatchObject({
      before: { role: 'stock' },
      after: { role: 'viewer' },
    })
    expect(read.some((line) => line.after?.reason === 'damage' && line.after.note === 'dropped')).toBe(true)
  }))

test('the trail of an order that was paid after a decline ends with its payment', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const provider = await theProvider(tx)
    const { placed } = await anOrder(tx, variantId, 1, 'sandbox')
    const inHand = await anOrder(tx, variantId, 1)
    await provider(placed.payment_id, 'declined', 0)
    await provider(placed.payment_id, 'captured', placed.total_minor)
    await actAs(tx, await person(tx, 'manager'))

    const actionsOf = async ({ number }: { number: number }) => {
      const read = await tx`select action, after from public.read_trail(null, 'order', ${String(number)})`
      return read.map(({ action, after }) => [action, after?.amount_minor])
    }
    const [last, ...before] = await actionsOf(placed)
    expect(last).toEqual(['placed', placed.total_minor])
    expect(before.map(([action]) => action)).toEqual(['payment_declined', 'awaiting_payment'])
    expect(await actionsOf(inHand.placed)).toEqual([])
  }))

test('the list is filtered by kind, by text and by time', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const manager = await person(tx, 'manager')
    await actAs(tx, manager)
    const keeper = { who: manager.userId ?? '' }
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()})`

    const [{ stock, order, named, unnamed, now, past } = {}] = await tx`select
      (select count(*)::int from public.read_trail(${keeper.who}, 'stock')) as stock,
      (select count(*)::int from public.read_trail(${keeper.who}, 'order')) as order,
      (select count(*)::int from public.read_trail(${keeper.who}, words => ${variantId})) as named,
      (select count(*)::int from public.read_trail(${keeper.who}, words => '100%_')) as unnamed,
      (select count(*)::int from public.read_trail(${keeper.who}, since => now(), until => now())) as now,
      (select count(*)::int from public.read_trail(${keeper.who}, until => now() - interval '1 second')) as past`

    expect({ stock, order, named, unnamed, now, past }).toEqual({
      stock: 1,
      order: 0,
      named: 1,
      unnamed: 0,
      now: 1,
      past: 0,
    })
  }))

test('page after page shows every line once, in one order', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const manager = await person(tx, 'manager')
    await actAs(tx, manager)
    for (const delta of [1, 2, 3]) {
      await tx`select public.adjust_stock(${variantId}, ${shopId}, ${delta}, 'correction', ${randomUUID()})`
      await aCount(tx, shopId)
    }
    await actAsOwner(tx)

    const whole = await tx`select at, key from public.read_trail(${manager.userId ?? ''})`
    const pages: string[] = []
    let last: { at: Date | null; key: string | null } = { at: null, key: null }
    for (;;) {
      const page = await tx`select at, key from public.read_trail(${manager.userId ?? ''}, size => 2,
        before_at => ${last.at && tx`now()`}, before_key => ${last.key})`
      if (page.length === 0) break
      pages.push(...page.map((line) => String(line.key)))
      last = page.at(-1) as unknown as typeof last
    }

    expect(whole).toHaveLength(6)
    expect(pages).toEqual(whole.map((line) => line.key))
  }))

test.for(everyone)('a %s reads the list only if they manage', (who) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await caller(tx, who))

    await expectAllowedFrom(
      'manager',
      who,
      tx.savepoint((at) => at`select from public.read_trail()`),
    )
  }),
)
