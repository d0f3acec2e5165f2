import type { Sql } from 'postgres'
import { aGuest, letPass } from '@/tests/support/shopping'
import type { World } from './world'

/** When everybody has gone and every hold has run out, what is available can be bought to the last unit, and no more. */
export async function restFaults(sql: Sql, world: World): Promise<string[]> {
  const faults: string[] = []
  await letPass(sql, '2 hours')
  for (const variantId of world.variants.filter((id) => id !== world.limited)) {
    const [open] =
      await sql`select coalesce(sum(item.quantity - item.cancelled - item.fulfilled), 0)::int as units
      from public.order_items as item join public.orders on orders.id = item.order_id
      where item.variant_id = ${variantId} and orders.status = 'placed'`
    const [onHand] = await sql`select on_hand from public.availability where variant_id = ${variantId}`
    const free = Number(onHand?.on_hand) - Number(open?.units)
    if (free < 0) faults.push(`variant ${variantId} is oversold by ${-free}`)
    try {
      for (let rest = free; rest > 0; rest -= 99) await aGuest(sql).hold(variantId, Math.min(rest, 99))
    } catch (error) {
      faults.push(`variant ${variantId} has ${free} free units that cannot be had: ${error}`)
    }
    const oneMore = await aGuest(sql)
      .hold(variantId, 1)
      .then(
        () => 'held',
        (error: Error) => error.message,
      )
    if (oneMore !== 'not_enough_left')
      faults.push(`variant ${variantId}: one more than there is was ${oneMore}`)
  }
  return faults
}
