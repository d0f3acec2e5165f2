import { z } from 'zod'
import { Email } from '@/lib/domain/text/email'
import { StaffRole } from './staff'

/** A staff member in the list of people, also one who left. */
export const StaffRecord = z.object({
  user_id: z.guid(),
  name: z.string(),
  email: z.string(),
  role: StaffRole,
  /** Where a stock keeper may change stock; null: everywhere. */
  location_ids: z.array(z.guid()).nullable(),
  active: z.boolean(),
  signed_out_at: z.string().nullable(),
  version: z.int(),
  created_at: z.string(),
})
export type StaffRecord = z.infer<typeof StaffRecord>

/** An invitation that was neither accepted nor cancelled. */
export const OpenInvitation = z.object({
  id: z.guid(),
  email: z.string(),
  name: z.string(),
  role: StaffRole,
  location_ids: z.array(z.guid()).nullable(),
  expires_at: z.string(),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

/** An invitation, as the holder of its link sees it. `locations` are names; null: everywhere. */
export const Invitation = z.object({
  email: z.string(),
  name: z.string(),
  role: StaffRole,
  locations: z.array(z.string()).nullable(),
  invited_by: z.string().nullable(),
  expires_at: z.string(),
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
})
export type Invitation = z.infer<typeof Invitation>

const rights = {
  role: StaffRole,
  location_ids: z.array(z.guid()).max(1000).nullable(),
}

export const InviteRequest = z.object({
  email: Email,
  name: z.string().trim().min(1).max(120),
  ...rights,
  idempotency_key: z.guid(),
})
export type InviteRequest = z.infer<typeof InviteRequest>

export const RightsRequest = z.object({
  user_id: z.guid(),
  ...rights,
  active: z.stringbool(),
  /** The version of the staff member that the manager saw. */
  seen: z.coerce.number().int(),
  /** Whether a manager who takes that role from themselves has said that they mean it. */
  sure: z.stringbool().default(false),
  idempotency_key: z.guid(),
})
export type RightsRequest = z.infer<typeof RightsRequest>

export const InvitationNamed = z.object({ invitation_id: z.guid(), idempotency_key: z.guid() })
export const StaffMemberNamed = z.object({ user_id: z.guid() })

/** The fields of a form with rights. Locations limit stock keepers alone; none ticked is everywhere. */
export function rightsFields(form: FormData): Record<string, unknown> {
  const ticked = form.getAll('location_ids')
  const isLimited = form.get('role') === 'stock' && ticked.length > 0
  return { ...Object.fromEntries(form), location_ids: isLimited ? ticked : null }
}
