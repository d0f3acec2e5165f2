import { z } from 'zod'
import type { Location } from '@/lib/domain/stock/place'

/** In rising order, as in SQL: who may do something may do everything named before it. */
export const staffRoles = ['viewer', 'stock', 'manager'] as const
export const StaffRole = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRole>

/** The signed-in staff member. */
export interface StaffMember {
  userId: string
  name: string
  email: string
  role: StaffRole
  /** Where a stock keeper may change stock; null: everywhere. */
  locationIds: readonly string[] | null
}

/** For display. The database decides what is allowed (private.require_role). */
export function roleReaches(role: StaffRole, minimum: StaffRole): boolean {
  return staffRoles.indexOf(role) >= staffRoles.indexOf(minimum)
}

/** The facts that decide where a staff member may change stock. */
export type StockRights = Pick<StaffMember, 'role' | 'locationIds'>

/**
 * Whether a staff member may change stock at a location: for display. The database decides (private.require_role_at).
 */
export function mayChangeStockAt({ role, locationIds }: StockRights, locationId: string): boolean {
  return roleReaches(role, 'stock') && (!locationIds || locationIds.includes(locationId))
}

/** Of a stock keeper, a location that is not theirs: they look for what they could do there, so pages say why nothing is. */
export function isKeptByOthers(rights: StockRights, locationId: string): boolean {
  return roleReaches(rights.role, 'stock') && !mayChangeStockAt(rights, locationId)
}

/** The locations where a staff member may change stock: the choices of forms. */
export function ownLocations(rights: StockRights, locations: readonly Location[]): Location[] {
  return locations.filter(({ id }) => mayChangeStockAt(rights, id))
}
