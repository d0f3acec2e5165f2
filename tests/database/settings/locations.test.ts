import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { alone } from '@/tests/support/settings/alone'

const sql = connect(3)
afterAll(() => sql.end())

const fields = { name: 'Harbour', address: 'Quay 1', hours: [], hours_note: '' }

interface Row {
  id: string
  slug: string
  name: string
  hours: unknown
  active: boolean
  version: number
  position: number
}

async function save(
  tx: Tx,
  id: string | null,
  given: unknown,
  expected: number | null = null,
  key: string = randomUUID(),
): Promise<Row> {
  const [row] = await tx`
    select public.save_location(${id}, ${tx.json(given as never)}, ${expected}, ${key}) as location`
  return row?.location as Row
}

async function setActive(
  tx: Tx,
  id: string,
  active: boolean | null,
  key: string = randomUUID(),
): Promise<Row> {
  const [row] = await tx`select public.set_location_active(${id}, ${active}, ${key}) as location`
  return row?.location as Row
}

const activeIds = async (tx: Tx): Promise<string[]> =>
  (await tx`select id from public.locations where active order by position, id`).map(({ id }) => String(id))

test('a new location is the last in the order and can be used at once', () =>
  alone(sql, async (tx) => {
    const { variants } = await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const key = randomUUID()
    const made = await save(tx, null, fields, null, key)

    expect(made).toMatchObject({ slug: 'harbour', name: 'Harbour', active: true })
    expect((await activeIds(tx)).at(-1)).toBe(made.id)
    expect(await save(tx, null, fields, null, key)).toEqual(made)
    await deliver(tx, String(variants[0]), made.id, 3)
    const [trail] = await tx`select action, label from public.audit_trail where subject_id = ${made.id}`
    expect(trail).toEqual({ action: 'created', label: 'Harbour' })
  }))

test('a change keeps the slug, and meets the change of another manager', () =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const made = await save(tx, null, fields)
    const renamed = await save(tx, made.id, { ...fields, name: 'Quay' }, made.version)
    expect(renamed).toMatchObject({ id: made.id, slug: 'harbour', name: 'Quay' })

    const late = await refusal(tx.savepoint((at) => save(at, made.id, fields, made.version)))
    expect(late).toMatchObject({ code: 'settings_changed', detail: { version: renamed.version } })
    const unknown = await refusal(tx.savepoint((at) => save(at, randomUUID(), fields, 1)))
    expect(unknown.code).toBe('not_found')
  }))

test('two active locations differ in name and slug', () =>
  alone(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const first = await save(tx, null, fields)
    const met = await refusal(tx.savepoint((at) => save(at, null, { ...fields, name: ' HARBOUR ' })))
    expect(met).toMatchObject({ status: 409, code: 'name_taken' })

    await setActive(tx, first.id, false)
    const second = await save(tx, null, fields)
    expect(second.slug).toBe('harbour-2')
    const restored = await refusal(tx.savepoint((at) => setActive(at, first.id, true)))
    expect(restored.code).toBe('name_taken')
    expect((await save(tx, null, { ...fields, name: '東京' })).slug).toBe('location')
  }))

test('opening hours are stored in order, rebuilt from what was sent', () =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const sent = [
      { day: 2, from: '14:00', to: '18:00', evil: '<script>' },
      { day: 2, from: '09:00', to: '12:30' },
      { day: 1, from: '00:00', to: '24:00' },
    ]
    const { hours } = await save(tx, null, { ...fields, hours: sent })
    expect(hours).toEqual([
      { day: 1, from: '00:00', to: '24:00' },
      { day: 2, from: '09:00', to: '12:30' },
      { day: 2, from: '14:00', to: '18:00' },
    ])
  }))

const open = (day: unknown, from: unknown, to: unknown) => [{ day, from, to }]
const wrong: [string, unknown][] = [
  ['name', ''],
  ['name', null],
  ['name', 'x'.repeat(121)],
  ['name', { toString: 'x' }],
  ['address', 'x'.repeat(301)],
  ['hours', 'always'],
  ['hours', {}],
  ['hours', [null]],
  ['hours', ['10-18']],
  ['hours', open(0, '10:00', '18:00')],
  ['hours', open(8, '10:00', '18:00')],
  ['hours', open('1', '10:00', '18:00')],
  ['hours', open(1, '18:00', '10:00')],
  ['hours', open(1, '10:00', '25:00')],
  ['hours', open(1, '9:00', '10:00')],
  ['hours', [...open(1, '09:00', '12:00'), ...open(1, '11:00', '13:00')]],
  ['hours', Array.from({ length: 22 }, () => open(1, '10:00', '11:00')).flat()],
  ['hours_note', 5],
]

test.for(wrong)('a location with the %s %j is refused', ([field, value]) =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const met = await refusal(tx.savepoint((at) => save(at, null, { ...fields, [field]: value })))
    expect(met).toMatchObject({ status: 422, code: 'invalid_input', detail: { field } })
  }),
)

test('a location with units is not archived; an empty one is, and comes back with its history', () =>
  alone(sql, async (tx) => {
    const { variants, locations } = await aShop(tx)
    const [variantId] = variants as [string]
    await tx`update public.locations set name = ${`Annex ${locations[1]}`} where id = ${locations[1]}`
    await deliver(tx, variantId, locations[1], 2)
    await actAs(tx, await person(tx, 'manager'))

    const met = await refusal(tx.savepoint((at) => setActive(at, locations[1], false)))
    expect(met).toMatchObject({
      ...{ status: 409, code: 'location_in_use' },
      detail: { location_id: locations[1], on_hand: 2, deliveries: 0, counts: 0, orders: 0, is_last: false },
    })
    await tx`select from public.adjust_stock(${variantId}, ${locations[1]}, -2, 'damage', ${randomUUID()})`
    expect(await setActive(tx, locations[1], false)).toMatchObject({ active: false })
    expect(await activeIds(tx)).not.toContain(locations[1])
    await expect(tx.savepoint((at) => deliver(at, variantId, locations[1], 1))).rejects.toThrow('not_found')
    expect(await setActive(tx, locations[1], true)).toMatchObject({ active: true })
    const [lines] =
      await tx`select count(*)::int as n from public.stock_movements where location_id = ${locations[1]}`
    expect(lines?.n).toBe(2)
  }))

test('a location with an open delivery, count or order for collection is not archived', () =>
  alone(sql, async (tx) => {
    const { locations } = await aShop(tx)
    const [to, from] = locations
    await tx`insert into public.deliveries (supplier, to_location_id) values ('Potter', ${to})`
    await tx`insert into public.counts (location_id, blind) values (${from}, true)`
    await actAs(tx, await person(tx, 'manager'))
    const [one, other] = [
      await refusal(tx.savepoint((at) => setActive(at, to, false))),
      await refusal(tx.savepoint((at) => setActive(at, from, false))),
    ]
    expect(one.detail).toMatchObject({ deliveries: 1, counts: 0 })
    expect(other.detail).toMatchObject({ deliveries: 0, counts: 1 })
  }))

test('the last active location stays', () =>
  alone(sql, async (tx) => {
    await tx`update public.locations set active = false`
    await actAs(tx, await person(tx, 'manager'))
    const only = await save(tx, null, fields)
    const met = await refusal(tx.savepoint((at) => setActive(at, only.id, false)))
    expect(met).toMatchObject({ code: 'location_in_use', detail: { is_last: true } })
    expect((await refusal(tx.savepoint((at) => setActive(at, only.id, null)))).code).toBe('invalid_input')
  }))

test('an order of locations names each active one once', () =>
  alone(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const before = await activeIds(tx)
    const turned = before.toReversed()
    const sort = (at: Tx, ids: (string | null)[] | null) =>
      at`select public.sort_locations(${ids as string[]}, ${randomUUID()}) as n`
    expect((await sort(tx, turned))[0]?.n).toBe(before.length)
    expect(await activeIds(tx)).toEqual(turned)
    const wrongLists = [
      before.slice(1),
      [...before, before[0]],
      [...before.slice(1), randomUUID()],
      [],
      null,
      [null],
    ]
    for (const list of wrongLists) {
      const met = await refusal(tx.savepoint((at) => sort(at, list as string[])))
      expect(met.code, JSON.stringify(list)).toBe('list_changed')
    }
    expect(await activeIds(tx)).toEqual(turned)
  }))

test('only managers keep locations', () =>
  alone(sql, async (tx) => {
    const { locations } = await aShop(tx)
    for (const role of ['viewer', 'stock', undefined] as const) {
      await actAs(tx, await person(tx, role))
      const asks: ((at: Tx) => PromiseLike<unknown>)[] = [
        (at: Tx) => save(at, null, fields),
        (at: Tx) => setActive(at, locations[0], false),
        (at: Tx) => at`select public.sort_locations(${locations}, ${randomUUID()})`,
      ]
      for (const ask of asks)
        expect((await refusal(tx.savepoint(async (at) => ask(at)))).code).toBe('role_required')
      await actAsOwner(tx)
    }
    await actAs(tx, shopper)
    await expect(tx.savepoint((at) => save(at, null, fields))).rejects.toThrow('permission denied')
  }))

test('two managers who add the same name at once: one is refused', async () => {
  const manager = await person(sql, 'manager')
  const name = `Twin ${randomUUID().slice(0, 8)}`
  const add = () =>
    sql.begin(async (tx) => {
      await actAs(tx, manager)
      return save(tx, null, { ...fields, name })
    })
  const made = await Promise.allSettled([add(), add()])
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await sql`update public.locations set active = false where name = ${name}`
})
