import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, guest as anonymous, connect, person, refusal, rolledBack } from '@/tests/support/database'
import { as } from '@/tests/support/shop/orders'
import { addZone, germany } from '@/tests/support/totals/delivery'

const sql = connect(2)
afterAll(() => sql.end())

test('only managers change zones, and shoppers read none', () =>
  rolledBack(sql, async (tx) => {
    const zone = await addZone(tx)
    for (const caller of [await person(tx), await person(tx, 'stock')]) {
      const attempts = [
        (nested: typeof tx) => addZone(nested),
        (nested: typeof tx) => nested`select public.remove_delivery_zone(${zone.id}, 1, ${randomUUID()})`,
        (nested: typeof tx) => nested`select public.set_delivery_tax(${randomUUID()}, 700)`,
      ]
      for (const attempt of attempts) {
        const refused = tx.savepoint(async (nested) => {
          await actAs(nested, caller)
          await attempt(nested)
        })
        expect(await refusal(refused)).toMatchObject({ code: 'role_required', detail: { role: 'manager' } })
      }
    }
    const read = () => tx`select from public.delivery_zones`
    expect(await as(tx, await person(tx), read)).toHaveLength(0)
    expect(await as(tx, await person(tx, 'viewer'), read)).toHaveLength(1)
    expect(await as(tx, anonymous, read)).toHaveLength(1)
  }))

test('deliveries are taxed at a rate, and as the goods again; the trail has both', () =>
  rolledBack(sql, async (tx) => {
    await tx`select public.set_delivery_tax(${randomUUID()}, 700)`
    await tx`select public.set_delivery_tax(${randomUUID()})`

    const [settings] = await tx`select tax_rate_bp from public.delivery_settings`
    expect(settings).toEqual({ tax_rate_bp: null })
    const trail =
      await tx`select label from public.audit_trail where subject = 'delivery_settings' order by id`
    expect(trail.map(({ label }) => label).slice(-2)).toEqual(['700', 'delivery_settings'])
  }))

test('a zone is changed against the version that was read, once per key, with a line in the trail', () =>
  rolledBack(sql, async (tx) => {
    const key = randomUUID()
    const zone = await addZone(tx, germany, key)
    expect(await addZone(tx, germany, key)).toEqual(zone)
    const save = (version: number) =>
      tx.savepoint(
        (
          nested,
        ) => nested`select public.save_delivery_zone(${nested.json({ ...germany, name: 'DE' } as never)},
        ${randomUUID()}, ${zone.id}, ${version}) as zone`,
      )

    expect((await save(1))[0]?.zone).toMatchObject({ name: 'DE', version: 2 })
    expect(await refusal(save(1))).toMatchObject({
      code: 'delivery_zone_changed',
      detail: { zone_id: zone.id },
    })
    await tx`select public.remove_delivery_zone(${zone.id}, 2, ${randomUUID()})`
    expect(await refusal(save(2))).toMatchObject({ code: 'not_found' })
    const trail = await tx`select action from public.audit_trail where subject = 'delivery_zone' order by id`
    expect(trail.map(({ action }) => action)).toEqual(['created', 'changed', 'removed'])
  }))

test.for([
  ['name', { name: '' }],
  ['name', { name: 7 }],
  ['countries', { countries: [] }],
  ['countries', { countries: ['de'] }],
  ['countries', { countries: ['DEU'] }],
  ['countries', { countries: 'DE' }],
  ['countries', { countries: [null] }],
  ['postcodes', { postcodes: ['1%'] }],
  ['postcodes', { postcodes: ['*1'] }],
  ['postcodes', { postcodes: ['1,2'] }],
  ['postcodes', { postcodes: ['1,'] }],
  ['countries', { countries: ['D', 'E'] }],
  ['postcodes', { postcodes: null }],
  ['rates', { rates: [] }],
  ['rates', { rates: [{ from_minor: 1, minor: 490 }] }],
  ['rates', { rates: [{ from_minor: 0, minor: -1 }] }],
  ['rates', { rates: [{ from_minor: 0, minor: 1.5 }] }],
  [
    'rates',
    {
      rates: [
        { from_minor: 0, minor: 1 },
        { from_minor: 0, minor: 2 },
      ],
    },
  ],
  ['rates', { rates: [{ from_minor: 0, minor: 1e15 }] }],
  ['rates', { rates: { from_minor: 0, minor: 1 } }],
  ['estimate', { estimate: 'x'.repeat(81) }],
] as const)('a zone with a bad %s is refused: %j', ([field, part]) =>
  rolledBack(sql, async (tx) => {
    const attempt = tx.savepoint((nested) => addZone(nested, { ...germany, ...part }))
    expect(await refusal(attempt)).toMatchObject({ code: 'invalid_input', detail: { field } })
  }),
)
