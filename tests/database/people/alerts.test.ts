import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { as } from '@/tests/support/shop/orders'
import { aGuest, letPass } from '@/tests/support/shop/shopping'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

type Alert = {
  id: number
  kind: string
  evidence: Record<string, unknown>
  owner: string | null
  acknowledged_at: Date | null
  snoozed_until: Date | null
  resolved_at: Date | null
  version: number
}

/** Looks, some time later, and says what there ever was to say about a variant or a delivery. */
async function look(tx: Tx, subject: string, later = '1 minute'): Promise<Alert[]> {
  await letPass(tx, later)
  await tx`select public.find_alerts()`
  return [
    ...(await tx<
      Alert[]
    >`select *, id::int, version::int from public.alerts where ${subject} in (variant_id::text, delivery_id::text) order by alerts.id`),
  ]
}

const adjust = (tx: Tx, variantId: string, locationId: string, delta: number, note: string | null = null) =>
  tx`select public.adjust_stock(${variantId}, ${locationId}, ${delta}, 'correction', ${randomUUID()}, null, ${note})`

test('units received without a source raise one alert, which stays open until they are counted', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await adjust(tx, variantId, shopId, 9)
    await adjust(tx, variantId, shopId, 30, 'found behind the boiler')
    expect(await look(tx, variantId)).toEqual([])
    await adjust(tx, variantId, shopId, 5)

    const [alert, ...others] = await look(tx, variantId)
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      kind: 'no_document',
      evidence: { location_id: shopId, units: 14, movements: 2 },
      resolved_at: null,
    })
    expect(await look(tx, variantId)).toEqual([alert])

    await tx`select public.recount_stock(${variantId}, ${shopId}, 56, 50, ${randomUUID()})`
    expect(await look(tx, variantId)).toMatchObject([{ id: alert?.id, resolved_at: expect.any(Date) }])

    await adjust(tx, variantId, shopId, -11)
    expect(await look(tx, variantId)).toMatchObject([
      { id: alert?.id },
      { evidence: { units: -11 }, resolved_at: null },
    ])
  }))

test('a cart with half of what is left is told of until its hold ends', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 5)
    expect(await look(tx, variantId)).toEqual([])
    await guest.hold(variantId, 1)
    expect(await look(tx, variantId)).toMatchObject([
      { kind: 'hoarding', evidence: { held: 6, left: 6, variant: { title: 'Mug' } }, resolved_at: null },
    ])
    expect(await look(tx, variantId, '11 minutes')).toMatchObject([{ resolved_at: expect.any(Date) }])
  }))

test('a sale rate far above the usual raises an alert while it lasts; the usual rate does not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await tx`select public.receive_stock(${shopId}, ${tx.json([{ variant_id: variantId, quantity: 200 }])}, 'DN-2', ${randomUUID()})`
    await tx`update public.variants set created_at = now() - interval '3 days' where id = ${variantId}`
    const sell = async (units: number) => {
      const guest = aGuest(tx)
      await guest.hold(variantId, units)
      await guest.place()
    }
    for (let day = 0; day < 3; day += 1) {
      await sell(3)
      await letPass(tx, '1 day')
    }
    await sell(9)
    expect(await look(tx, variantId)).toEqual([])
    await sell(6)
    expect(await look(tx, variantId)).toMatchObject([
      { kind: 'unusual_pace', evidence: { sold: 15 }, resolved_at: null },
    ])
    expect(await look(tx, variantId, '2 hours')).toMatchObject([{ resolved_at: expect.any(Date) }])
  }))

test('a delivery is late the day after it was expected, until it is closed', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const lines = tx.json([{ variant_id: variantId, quantity: 4 }])
    const [made] =
      await tx`select id from public.announce_delivery('Kiln', ${shopId}, ${lines}, ${randomUUID()})`
    const id = String(made?.id)
    await tx`update public.deliveries set expected_on = (now() at time zone 'Europe/Brussels')::date where id = ${id}`
    expect(await look(tx, id)).toEqual([])
    expect(await look(tx, id, '1 day')).toMatchObject([
      { kind: 'late_delivery', evidence: { supplier: 'Kiln', outstanding: 4 }, resolved_at: null },
    ])
    await tx`select public.close_delivery(${id}, ${randomUUID()}, ${tx.json({ [variantId]: 'not_sent' })})`
    expect(await look(tx, id)).toMatchObject([{ resolved_at: expect.any(Date) }])
  }))

test('a sum that is not what it adds up to is told of at the next proof', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    await tx`insert into public.sales_pace values (${variantId}, '2026-01-01', 7)`
    expect(await look(tx, variantId, '20 minutes')).toMatchObject([
      {
        kind: 'drift',
        evidence: { aggregate: 'sales_pace', expected: null, actual: { units: 7 } },
        resolved_at: null,
      },
    ])
    await tx`delete from public.sales_pace where variant_id = ${variantId}`
    expect(await look(tx, variantId, '20 minutes')).toMatchObject([{ resolved_at: expect.any(Date) }])
  }))

test('an alert is assigned, reassigned and snoozed; it returns automatically', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [ada, viewer] = [await person(tx, 'stock'), await person(tx, 'viewer')]
    await adjust(tx, variantId, shopId, 20)
    const [{ id } = { id: 0 }] = await look(tx, variantId)

    const key = randomUUID()
    await as(tx, ada, () => tx`select public.acknowledge_alert(${id}, ${key})`)
    await as(tx, ada, () => tx`select public.acknowledge_alert(${id}, ${key})`)
    expect(await look(tx, variantId)).toMatchObject([
      { owner: ada.userId, acknowledged_at: expect.any(Date), version: 2 },
    ])

    await as(tx, ada, () => tx`select public.assign_alert(${id}, ${viewer.userId ?? ''}, ${randomUUID()})`)
    await as(tx, ada, () => tx`select public.snooze_alert(${id}, 1, ${randomUUID()})`)
    expect(await look(tx, variantId)).toMatchObject([
      { owner: viewer.userId, snoozed_until: expect.any(Date) },
    ])
    expect(await look(tx, variantId, '70 minutes')).toMatchObject([
      { owner: viewer.userId, snoozed_until: null, resolved_at: null },
    ])
    expect(
      (
        await tx`select action, actor from public.audit_trail where subject = 'alert' and subject_id = ${String(id)} order by id`
      ).map(({ action, actor }) => [action, actor]),
    ).toEqual(['acknowledge_alert', 'assign_alert', 'snooze_alert'].map((action) => [action, ada.userId]))
  }))

test('viewers look, stock keepers and managers act, nobody else sees that there are alerts', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await adjust(tx, variantId, shopId, 20)
    const [{ id } = { id: 0 }] = await look(tx, variantId)
    const acts = (db: Tx) => ({
      acknowledge: db`select public.acknowledge_alert(${id}, ${randomUUID()})`,
      assign: db`select public.assign_alert(${id}, null, ${randomUUID()})`,
      snooze: db`select public.snooze_alert(${id}, 1, ${randomUUID()})`,
    })
    for (const [role, allowed] of [
      ['viewer', false],
      ['stock', true],
      ['manager', true],
      [undefined, false],
    ] as const) {
      await actAsOwner(tx)
      await actAs(tx, await person(tx, role))
      expect([...(await tx`select from public.alerts where id = ${id}`)]).toHaveLength(role ? 1 : 0)
      for (const name of ['acknowledge', 'assign', 'snooze'] as const) {
        const attempt = tx.savepoint((nested) => acts(nested)[name])
        if (allowed) await attempt
        else
          expect(await refusal(attempt), name).toMatchObject({
            status: 403,
            code: 'role_required',
            detail: { role: 'stock' },
          })
      }
      const looking = tx.savepoint((nested) => nested`select public.find_alerts()`)
      if (role) await looking
      else expect(await refusal(looking)).toMatchObject({ code: 'role_required' })
    }
    await actAs(tx, secretKey)
    expect([...(await tx`select public.find_alerts()`)]).toHaveLength(1)
    await actAs(tx, shopper)
    for (const statement of [
      'select from public.alerts',
      'select public.find_alerts()',
      `select public.acknowledge_alert(${id}, gen_random_uuid())`,
    ]) {
      await expect(tx.savepoint((nested) => nested.unsafe(statement))).rejects.toMatchObject({
        code: '42501',
      })
    }
  }))

test('an alert cannot be snoozed for ever, nor be assigned to an outsider', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    await adjust(tx, variantId, shopId, 20)
    const [{ id } = { id: 0 }] = await look(tx, variantId)
    const refused = (work: (db: Tx) => Promise<unknown>) => refusal(tx.savepoint(work))
    const outsider = await person(tx)
    expect(await refused((db) => db`select public.snooze_alert(${id}, 721, ${randomUUID()})`)).toMatchObject({
      status: 422,
      detail: { field: 'hours' },
    })
    expect(await refused((db) => db`select public.snooze_alert(${id}, 0, ${randomUUID()})`)).toMatchObject({
      detail: { field: 'hours' },
    })
    expect(
      await refused((db) => db`select public.assign_alert(${id}, ${outsider.userId ?? ''}, ${randomUUID()})`),
    ).toMatchObject({
      status: 422,
      detail: { field: 'owner' },
    })
    expect(await refused((db) => db`select public.acknowledge_alert(-1, ${randomUUID()})`)).toMatchObject({
      status: 404,
      detail: { alert_id: -1 },
    })
  }))
