import 'server-only'
import type { CheckoutField } from '@/lib/domain/checkout-fields'
import { Address } from '@/lib/domain/order'
import { rowsOrThrow } from './refusals'
import { currentPerson } from './session'
import { sessionClient } from './supabase'

/** What the checkout form begins with for who is signed in: what they typed for their last order. Null for a guest. */
export async function knownBuyer(): Promise<Record<CheckoutField, string> | null> {
  const person = await currentPerson()
  if (!person) return null
  const client = await sessionClient()
  const rows = rowsOrThrow(
    'orders',
    await client
      .from('orders')
      .select('name, address')
      .eq('user_id', person.id)
      .order('number', { ascending: false })
      .limit(1),
  )
  const address = Address.safeParse(rows[0]?.address).data
  return {
    handover: '',
    line1: address?.line1 ?? '',
    postcode: address?.postcode ?? '',
    city: address?.city ?? '',
    country: address?.country ?? '',
    name: rows[0]?.name ?? '',
    email: person.email,
    payment: '',
  }
}
