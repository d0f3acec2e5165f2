import { z } from 'zod'
import type { Location } from '@/lib/domain/place'

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

/** The locations where a colleague may change stock, of those there are: what forms offer. The database decides. */
export function ownLocations(
  { locationIds }: Pick<StaffMember, 'locationIds'>,
  locations: readonly Location[],
): Location[] {
  return locations.filter(({ id }) => !locationIds || locationIds.includes(id))
}
