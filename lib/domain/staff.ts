import { z } from 'zod'

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
}

/** For what is shown. What is allowed the database decides (private.require_role). */
export function roleReaches(role: StaffRole, minimum: StaffRole): boolean {
  return staffRoles.indexOf(role) >= staffRoles.indexOf(minimum)
}
