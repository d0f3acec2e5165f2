import { randomUUID } from 'node:crypto'
import type { Tx } from '@/tests/support/database'
import type { aGuest, Placed } from '@/tests/support/shop/shopping'

export interface Zone {
  name: string
  countries: string[]
  postcodes: string[]
  rates: { from_minor: number; minor: number }[]
  estimate?: string
}

/** Germany for 4.90, free from 50.00. */
export const germany: Zone = {
  name: 'Germany',
  countries: ['DE'],
  postcodes: [],
  rates: [
    { from_minor: 0, minor: 490 },
    { from_minor: 5000, minor: 0 },
  ],
  estimate: '2–3 working days',
}

/** Adds a delivery zone as the caller. Resolves with its row. */
export async function addZone(tx: Tx, zone: unknown = germany, key: string = randomUUID()) {
  const [row] = await tx`select public.save_delivery_zone(${tx.json(zone as never)}, ${key}) as zone`
  return row?.zone as { id: string; version: number; name: string }
}

export const toHamburg = { country: 'DE', postcode: '20095' }

/** The total of a guest's cart with a delivery to an address; without one, collected. */
export async function quote(tx: Tx, token: string, address: object | null = toHamburg) {
  const delivery = address ? { method: 'delivery', address: { ...address } } : { method: 'collection' }
  const [row] = await tx`select public.quote_cart(${tx.json(delivery as never)}, ${token}) as quote`
  return row?.quote as {
    subtotal_minor: number
    discount_minor: number
    delivery_minor: number
    total_minor: number
    tax_minor: number
    taxes: { rate_bp: number; amount_minor: number; tax_minor: number }[]
    is_deliverable: boolean
    estimate: string | null
    countries: string[] | null
  }
}

/** Orders the cart of a guest with a delivery to an address, paid online. */
export async function placeDelivered(
  tx: Tx,
  guest: ReturnType<typeof aGuest>,
  address: object = {},
  expected: number | null = null,
): Promise<Placed> {
  const contact = { email: 'ada@example.test', name: 'Ada' }
  const delivery = {
    method: 'delivery',
    address: { line1: '1 Quay', city: 'Hamburg', ...toHamburg, ...address },
  }
  const [row] = await tx`select public.place_order(${tx.json(contact)}, ${tx.json(delivery)}, 'sandbox',
    ${randomUUID()}, ${guest.token}, ${guest.token}, ${expected}) as placed`
  return row?.placed as Placed
}
