import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { usualFormat } from '@/lib/domain/core/shop-format'
import { connect, rolledBack } from '@/tests/support/database'
import { twelveUnits } from '@/tests/support/shop/twelve-units'

// A day ends when it ends on the clock of the shop.
const sql = connect(2)
afterAll(() => sql.end())

test('a delivery is late once its day has ended on the shop’s clock, wherever the shop is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const lines = tx.json([{ variant_id: variantId, quantity: 4 }])
    const [made] = await tx`
      select id from public.announce_delivery('Kiln', ${shopId}, ${lines}, ${randomUUID()}, null, '2026-11-23')`
    const isLate = async (zone: string, moment: string) => {
      await tx`update public.shop_settings set time_zone = ${zone}`
      const found =
        await tx`select from private.delivery_alerts(${moment}) where delivery_id = ${String(made?.id)}`
      return found.length > 0
    }

    for (const [zone, last, first] of [
      [usualFormat.timeZone, '2026-11-23T22:59:59Z', '2026-11-23T23:00:00Z'],
      ['America/New_York', '2026-11-24T04:59:59Z', '2026-11-24T05:00:00Z'],
    ] as const) {
      expect(await isLate(zone, last), `${zone}, the last second of the day`).toBe(false)
      expect(await isLate(zone, first), `${zone}, the first of the next`).toBe(true)
    }
  }))

test('the database’s days end when those of the pages do, in a zone there is', () =>
  rolledBack(sql, async (tx) => {
    expect([...(await tx`select time_zone from public.shop_settings`)]).toEqual([
      { time_zone: usualFormat.timeZone },
    ])

    await expect(
      tx.savepoint((at) => at`update public.shop_settings set time_zone = 'Atlantis/Harbour'`),
    ).rejects.toMatchObject({ code: '22023' })
  }))
