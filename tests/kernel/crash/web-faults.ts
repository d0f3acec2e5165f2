import type { Sql } from 'postgres'
import type { Visit } from './web-visit'

/** The faults that guests saw: sentences where an order is missing, doubled, another one, or nobody's. */
export async function webFaults(sql: Sql, visits: Visit[]): Promise<string[]> {
  const faults: string[] = []
  for (const visit of visits) {
    const again = await visit.again()
    if (again !== visit.orderId)
      faults.push(`${visit.email} was told ${visit.orderId}, and asked again ${again}`)
    const orders = await sql`
      select orders.id, jsonb_object_agg(item.variant_id, item.quantity) as units
      from public.orders join public.order_items as item on item.order_id = orders.id
      where orders.email = ${visit.email} group by orders.id`
    const found = JSON.stringify(orders.map(({ id, units }) => [id, units]))
    const expected = JSON.stringify(visit.orderId ? [[visit.orderId, { [visit.variantId]: 1 }]] : [])
    if (found !== expected) faults.push(`${visit.email} was told ${expected} and has ${found}`)
  }
  return faults
}
