import 'server-only'
import { z } from 'zod'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import { Address } from '@/lib/domain/orders/order'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import { currentPerson } from './session'

const LastContact = z.object({ name: z.string().optional(), address: z.unknown().optional() })

/** The initial values of the checkout form for a signed-in shopper: those of their last order. Null for a guest. */
export async function knownBuyer(): Promise<Record<CheckoutField, string> | null> {
  const person = await currentPerson()
  if (!person) return null
  const client = await sessionClient()
  const last = LastContact.parse(rowsOrThrow('read_last_contact', await client.rpc('read_last_contact')))
  const address = Address.safeParse(last.address).data
  return {
    handover: '',
    line1: address?.line1 ?? '',
    postcode: address?.postcode ?? '',
    city: address?.city ?? '',
    country: address?.country ?? '',
    name: last.name ?? '',
    email: person.email,
    payment: '',
  }
}
