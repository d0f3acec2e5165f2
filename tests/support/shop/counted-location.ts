import { randomUUID } from 'node:crypto'
import type { TransactionSql } from 'postgres'
import { aShop, deliver } from '@/tests/support/database'
import { aGuest, thePackingTable } from './shopping'

/** Events of units. Each moves and is recorded, in either order, a moment apart. */
export const happenings = ['order', 'damage', 'sent away', 'delivery', 'brought here'] as const
export type Happening = (typeof happenings)[number]
export interface Event {
  what: Happening
  units: number
  /** On the shelf (0) or in the window (1). */
  spot: 0 | 1
  recordedFirst: boolean
}

/** One variant at one location, as it is and as it is recorded, on a clock that the test turns. */
export async function aCountedLocation(
  tx: TransactionSql,
  recorded: number,
  missing: number,
  places: number,
) {
  await tx.unsafe(`
    create or replace function private.clock() returns timestamptz language sql stable security definer set search_path = ''
      as 'select current_setting(''test.clock'')::timestamptz';
    create function pg_temp.on_time() returns trigger language plpgsql
      as 'begin new.created_at := private.clock(); return new; end';
    create trigger on_time before insert on public.stock_movements for each row execute function pg_temp.on_time()`)
  let time = Date.parse('2030-01-01T09:00:00Z')
  const pass = async (seconds: number) => {
    time += seconds * 1000
    await tx`select set_config('test.clock', ${new Date(time).toISOString()}, true)`
  }
  await pass(0)
  const shop = await aShop(tx)
  const [variantId = ''] = shop.variants
  const [here, there] = shop.locations
  await deliver(tx, variantId, here, recorded)
  await deliver(tx, variantId, there, 100)
  await pass(3600)

  const spots: [number, number] = places === 1 ? [recorded - missing, 0] : [recorded - missing - 10, 10]
  const line = (units: number) => tx.json([{ variant_id: variantId, quantity: units }])
  const book: Record<Happening, (units: number) => PromiseLike<unknown>> = {
    order: () => Promise.resolve(),
    damage: (units) =>
      tx`select public.adjust_stock(${variantId}, ${here}, ${-units}, 'damage', ${randomUUID()})`,
    'sent away': (units) =>
      tx`select public.transfer_stock(${here}, ${there}, ${line(units)}, ${randomUUID()})`,
    delivery: (units) => tx`select public.receive_stock(${here}, ${line(units)}, 'DN', ${randomUUID()})`,
    'brought here': (units) =>
      tx`select public.transfer_stock(${there}, ${here}, ${line(units)}, ${randomUUID()})`,
  }

  return {
    variantId,
    here,
    pass,
    now: () => time,
    /** The units a counter can see. */
    seen: (spot: 0 | 1) => spots[spot],
    async onHand(): Promise<number> {
      const [level] = await tx`select on_hand from public.stock_levels
        where variant_id = ${variantId} and location_id = ${here}`
      return Number(level?.on_hand)
    },
    /** The two halves of an event. An order is placed before either. */
    async begin({ what, units, spot }: Event) {
      let hand = () => book[what](units)
      if (what === 'order') {
        const guest = aGuest(tx)
        await guest.hold(variantId, units)
        const { order_id } = await guest.place()
        hand = () => thePackingTable(tx).fulfil(order_id, here)
      }
      return {
        move() {
          spots[spot] += what === 'delivery' || what === 'brought here' ? units : -units
        },
        /** Answers with its line of the ledger. */
        async book(): Promise<string> {
          await hand()
          const [last] = await tx`select max(id) as id from public.stock_movements
            where variant_id = ${variantId} and location_id = ${here}`
          return String(last?.id)
        },
      }
    },
  }
}
