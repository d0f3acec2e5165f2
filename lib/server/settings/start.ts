import 'server-only'
import { redirect } from 'next/navigation'
import { roleReaches, type StaffMember } from '@/lib/domain/people/staff'
import { mailSettings, onlineProvider } from '@/lib/server/platform/env'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import { isNamed } from './shop'

/** The steps until a shop can sell, in their order, and whether each is done. */
export interface Start {
  name: boolean
  location: boolean
  product: boolean
  stock: boolean
  payment: boolean
  mail: boolean
}

/** How far the shop is, as the caller may see it. */
export async function readStart(): Promise<Start> {
  const client = await sessionClient()
  const [settings, locations, points, products, stock] = await Promise.all([
    client.from('shop_settings').select('name').neq('name', '').limit(1),
    client.from('locations').select('id').eq('active', true).limit(1),
    client.from('locations').select('id').eq('active', true).neq('address', '').limit(1),
    client.from('products').select('id').eq('status', 'active').limit(1),
    client.from('availability').select('variant_id').gt('available', 0).limit(1),
  ])
  return {
    name: rowsOrThrow('shop_settings', settings).length > 0,
    location: rowsOrThrow('locations', locations).length > 0,
    product: rowsOrThrow('products', products).length > 0,
    stock: rowsOrThrow('availability', stock).length > 0,
    // Without a provider shoppers pay where they collect: at a location with an address.
    payment: onlineProvider() !== null || rowsOrThrow('locations', points).length > 0,
    mail: mailSettings() !== null,
  }
}

/** Leads a manager of a shop that nobody has set up to the page that does it. */
export async function leadToSetup(member: StaffMember): Promise<void> {
  if (roleReaches(member.role, 'manager') && !(await isNamed())) redirect('/staff/setup')
}
