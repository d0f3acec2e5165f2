import { randomUUID } from 'node:crypto'
import type { PendingQuery, Row } from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, connect, deliver, person, refusal, type Tx } from '@/tests/support/database'
import { addDiscount } from '@/tests/support/totals/discounts'

const sql = connect(12)
afterAll(() => sql.end())

const place = { name: 'Pier', address: '', hours: [], hours_note: '' }
const category = { title: 'Lamps', blurb: '', picture: '' }

test('settings that another transaction holds are refused as busy after three seconds', async () => {
  const { locations } = await aShop(sql)
  const discount = await addDiscount(sql)
  const manager = await person(sql, 'manager')
  const calls: Record<string, (tx: Tx) => PendingQuery<Row[]>> = {
    save_location: (tx) => tx`select public.save_location(null, ${tx.json(place)}, null, ${randomUUID()})`,
    set_location_active: (tx) =>
      tx`select public.set_location_active(${locations[0]}, true, ${randomUUID()})`,
    sort_locations: (tx) => tx`select public.sort_locations(${locations}, ${randomUUID()})`,
    save_category: (tx) =>
      tx`select public.save_category('lamps', ${tx.json(category)}, null, ${randomUUID()})`,
    sort_categories: (tx) => tx`select public.sort_categories('{}', ${randomUUID()})`,
    save_discount: (tx) =>
      tx`select public.save_discount(${tx.json({ title: 'Ten', kind: 'percent', percent_bp: 1000, code: discount.code })},
        ${randomUUID()}, ${discount.id}, ${discount.version})`,
  }

  const met = await sql.begin(async (holder) => {
    await holder`lock table public.categories, public.locations in share row exclusive mode`
    await holder`select from public.discounts where id = ${discount.id} for update`
    return Promise.all(
      Object.values(calls).map((call) =>
        refusal(
          sql.begin(async (tx) => {
            await actAs(tx, manager)
            await call(tx)
          }),
        ),
      ),
    )
  })

  const busy = { status: 503, code: 'busy', detail: { retry_after_seconds: 1 } }
  expect(Object.fromEntries(Object.keys(calls).map((name, n) => [name, met[n]]))).toMatchObject(
    Object.fromEntries(Object.keys(calls).map((name) => [name, busy])),
  )
})

test('a location is archived in the order in which everybody locks: variants first', async () => {
  const { variants, locations } = await aShop(sql, 2)
  const [first = '', last = ''] = variants.toSorted()
  for (const each of [first, last]) await deliver(sql, each, locations[0], 1)
  const manager = await person(sql, 'manager')
  let archiving: Promise<unknown> = Promise.resolve()

  await sql.begin(async (sale) => {
    const take = (variant: string) =>
      sale`update public.stock_levels set on_hand = on_hand where variant_id = ${variant}`
    await sale`select private.lock_variants(${[first, last]})`
    await take(last)
    archiving = sql.begin(async (tx) => {
      await actAs(tx, manager)
      await tx`select public.set_location_active(${locations[0]}, false, ${randomUUID()})`
    })
    archiving.catch(() => undefined)
    await expect
      .poll(() => sale`select from pg_locks where not granted and pid <> pg_backend_pid()`)
      .not.toHaveLength(0)
    await take(first)
  })

  expect(await refusal(archiving)).toMatchObject({ code: 'location_in_use' })
})

test('units that arrive while their location is archived arrive before, or not at all', async () => {
  const { variants, locations } = await aShop(sql)
  const [variant = ''] = variants
  const manager = await person(sql, 'manager')
  const receive = (tx: Tx) => deliver(tx, variant, locations[1], 1)
  const archive = async (tx: Tx) => {
    await actAs(tx, manager)
    await tx`select public.set_location_active(${locations[1]}, false, ${randomUUID()})`
  }
  await sql.begin(receive)
  await sql`select public.adjust_stock(${variant}, ${locations[1]}, -1, 'correction', ${randomUUID()})`
  let second: Promise<unknown> = Promise.resolve()

  for (const [first, later, code] of [
    [archive, receive, 'not_found'],
    [receive, archive, 'location_in_use'],
  ] as const) {
    await sql`update public.locations set active = true where id = ${locations[1]}`
    await sql.begin(async (tx) => {
      await first(tx)
      second = sql.begin(later)
      second.catch(() => undefined)
      await expect
        .poll(() => sql`select from pg_locks where not granted and locktype <> 'advisory'`)
        .not.toHaveLength(0)
    })
    expect(await refusal(second), code).toMatchObject({ code })
  }
})
