import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { Order } from './shopping'

export type Lease = { order_id: string; picker: string | null; leased_until: Date | null; version: bigint }
export type Pick = { order_item_id: bigint; location_id: string; picked: number; version: bigint }

/** A staff member with a box and a scanner. Each request has a new key unless the test sets one. */
export function aPicker(db: Sql | TransactionSql) {
  const first = async <T>(rows: PromiseLike<readonly unknown[]>) => (await rows)[0] as T
  const answer = async <T>(rows: PromiseLike<readonly unknown[]>) => (await first<{ answer: T }>(rows)).answer
  return {
    claim: (orderId: string, key: string = randomUUID()) =>
      first<Lease>(db`select * from public.claim_order(${orderId}, ${key})`),
    claimNext: async (locationId: string | null = null, key: string = randomUUID()) =>
      (
        await answer<{ order_id: string | null }>(
          db`select public.claim_next_order(${key}, ${locationId}) as answer`,
        )
      ).order_id,
    renew: (orderId: string) => first<Lease>(db`select * from public.renew_claim(${orderId})`),
    letGo: (orderId: string, key: string = randomUUID()) =>
      first<Lease>(db`select * from public.release_claim(${orderId}, ${key})`),
    pick: (orderId: string, locationId: string, code: string, units = 1, key: string = randomUUID()) =>
      first<Pick>(db`select * from public.pick_units(${orderId}, ${locationId}, ${code}, ${units}, ${key})`),
    short: (
      orderId: string,
      locationId: string,
      itemId: number,
      missing: number,
      key: string = randomUUID(),
    ) =>
      answer<Order>(
        db`select public.short_pick(${orderId}, ${locationId}, ${itemId}, ${missing}, ${key}) as answer`,
      ),
    told: (orderId: string, key: string = randomUUID()) =>
      answer<Order>(db`select public.settle_shorts(${orderId}, ${key}) as answer`),
    refund: (orderId: string, key: string = randomUUID()) =>
      answer<Order>(db`select public.give_refund(${orderId}, ${key}) as answer`),
  }
}

/** How the queue shows one order. */
export async function queueOf(db: Sql | TransactionSql, orderId: string) {
  const [row] = await db`select stage, to_pick, ready, locations, troubles, payment, picker, version
    from public.order_queue where order_id = ${orderId}`
  return { ...row } as {
    stage: string
    to_pick: number
    ready: number
    locations: string[]
    troubles: string[]
    payment: string
    picker: string | null
    version: bigint
  }
}

/** The SKU of a variant as aShop makes it. */
export const skuOf = (variantId: string) => `MUG-${variantId}`
