import { z } from 'zod'
import type { Location } from '@/lib/domain/stock/place'

/** In rising order, as in SQL: who may do something may do everything named before it. */
export const staffRoles = ['viewer', 'stock', 'manager'] as const
export const StaffRole = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRole>

/** A colleague who is signed in. */
export interface StaffMember {
  userId: string
  name: string
  email: string
  role: StaffRole
  /** Where a stock keeper may change stock; null: everywhere. */
  locationIds: readonly string[] | null
}

/** For what is shown. What is allowed the database decides (private.require_role). */
export function roleReaches(role: StaffRole, minimum: StaffRole): boolean {
  return staffRoles.indexOf(role) >= staffRoles.indexOf(minimum)
}

/** What decides where somebody may change stock. */
export type StockRights = Pick<StaffMember, 'role' | 'locationIds'>

/** Whether a colleague may change stock at a location: what pages offer. The database decides (private.require_role_at). */
export function mayChangeStockAt({ role, locationIds }: StockRights, locationId: string): boolean {
  return roleReaches(role, 'stock') && (!locationIds || locationIds.includes(locationId))
}

/** Of a stock keeper, a location that is not theirs: they look for what they could do there, so pages say why nothing is. */
export function isKeptByOthers(rights: StockRights, locationId: string): boolean {
  return roleReaches(rights.role, 'stock') && !mayChangeStockAt(rights, locationId)
}

/** The locations where a colleague may change stock, of those there are: what forms offer. */
export function ownLocations(rights: StockRights, locations: readonly Location[]): Location[] {
  return locations.filter(({ id }) => mayChangeStockAt(rights, id))
}
