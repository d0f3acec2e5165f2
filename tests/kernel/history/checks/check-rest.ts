import type { Sql } from 'postgres'
import type { World } from '@/tests/kernel/history/world'
import { aGuest, letPass } from '@/tests/support/shop/shopping'

/** No network holds more of a variant than its guests may together, and no hold lasts longer than one may in all. */
export async function limitFaults(sql: Sql, world: World): Promise<string[]> {
  const shares = await sql`select claims.variant_id, sum(claims.quantity)::int as units
    from public.claims cross join private.shop_limits as limits
    where claims.variant_id = any (${world.variants}::uuid[]) and claims.network is not null
      and claims.expires_at > private.clock()
      -- Where there were never more units than of which the free ones are the larger share.
      and (select sum(greatest(movement.delta, 0)) from public.stock_movements as movement
        where movement.variant_id = claims.variant_id) * limits.network_share_bp / 10000 <= limits.network_free_units
    group by claims.variant_id, claims.network, limits.network_free_units
    having sum(claims.quantity) > limits.network_free_units`
  const ages = await sql`select line.variant_id
    from public.cart_lines as line cross join private.shop_limits as limits
    join public.claims on claims.cart_id = line.cart_id and claims.variant_id = line.variant_id
    where claims.expires_at > line.held_since + limits.hold_cap`
  return [
    ...shares.map((row) => `one network holds ${row.units} units of variant ${row.variant_id}`),
    ...ages.map((row) => `a hold of variant ${row.variant_id} lasts longer than any may`),
  ]
}

/** When everybody has gone and every hold has run out, what is available can be bought to the last unit, and no more. */
export async function restFaults(sql: Sql, world: World): Promise<string[]> {
  const faults: string[] = []
  await letPass(sql, '2 hours')
  // People on the waitlist come first. When they have left, too, every caller can buy the units.
  await sql`select private.leave_lines(array(
    select id from private.waitlist
    where variant_id = any (${world.variants}::uuid[]) and status <> 'accepted'
  ))`
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
