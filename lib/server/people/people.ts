import 'server-only'
import { createHmac } from 'node:crypto'
import type { Refusal } from '@/lib/domain/core/refusal'
import { accepted, type Result } from '@/lib/domain/core/result'
import {
  Invitation,
  type InviteRequest,
  OpenInvitation,
  type RightsRequest,
  StaffRecord,
} from '@/lib/domain/people/people'
import { siteUrl } from '@/lib/server/http/site-url'
import { secretKey } from '@/lib/server/platform/env'
import { everyRow } from '@/lib/server/platform/every-row'
import { outcome, refusalOrThrow } from '@/lib/server/platform/refusals'
import { secretClient, sessionClient } from '@/lib/server/platform/supabase'

/** Everybody who works or worked here, who does first, by name. */
export async function listStaff(): Promise<StaffRecord[]> {
  const client = await sessionClient()
  const rows = await everyRow('staff', (from, to) =>
    client
      .from('staff')
      .select('*')
      .order('active', { ascending: false })
      .order('name')
      .order('user_id')
      .range(from, to),
  )
  return StaffRecord.array().parse(rows)
}

/** Open and expired invitations. Empty for callers who are not managers. */
export async function openInvitations(): Promise<OpenInvitation[]> {
  const client = await sessionClient()
  const rows = await everyRow('staff_invitations', (from, to) =>
    client
      .from('staff_invitations')
      .select('id, email, name, role, location_ids, expires_at')
      .is('accepted_at', null)
      .is('revoked_at', null)
      .order('created_at', { ascending: false })
      .order('id')
      .range(from, to),
  )
  return OpenInvitation.array().parse(rows)
}

/** Invites, and answers with the link to hand over. The same form sent again makes the same link. */
export async function invite(request: InviteRequest): Promise<Result<string, Refusal>> {
  const { location_ids, ...rest } = request
  const secret = secretOf(request.idempotency_key)
  const client = await sessionClient()
  const invited = outcome(
    'invite_staff_member',
    await client.rpc('invite_staff_member', { ...rest, secret, ...(location_ids && { location_ids }) }),
  )
  return invited.ok ? accepted(await linkWith(secret)) : invited
}

/** Another link for an open invitation; the former one is dead. */
export async function renewInvitation(
  invitation_id: string,
  idempotency_key: string,
): Promise<Result<string, Refusal>> {
  const secret = secretOf(idempotency_key)
  const client = await sessionClient()
  const renewed = outcome(
    'renew_invitation',
    await client.rpc('renew_invitation', { invitation_id, secret, idempotency_key }),
  )
  return renewed.ok ? accepted(await linkWith(secret)) : renewed
}

export async function revokeInvitation(invitation_id: string): Promise<Result<null, Refusal>> {
  const client = await sessionClient()
  const { error } = await client.rpc('revoke_invitation', { invitation_id })
  return error ? { ok: false, error: refusalOrThrow('revoke_invitation', error) } : accepted(null)
}

/** The invitation behind a link's secret; null when the secret is unknown. */
export async function readInvitation(secret: string): Promise<Invitation | null> {
  if (!/^[\w-]{43}$/.test(secret)) return null
  const { data, error } = await secretClient().rpc('read_invitation', { secret })
  if (error) throw new Error(`read_invitation: ${error.code} ${error.message}`, { cause: error })
  return data === null ? null : Invitation.parse(data)
}

/** Makes the signed-in user a staff member. */
export async function acceptInvitation(secret: string): Promise<Result<unknown, Refusal>> {
  const client = await sessionClient()
  return outcome('accept_invitation', await client.rpc('accept_invitation', { secret }))
}

export async function changeStaffMember(request: RightsRequest): Promise<Result<unknown, Refusal>> {
  const { location_ids, ...rest } = request
  const client = await sessionClient()
  return outcome(
    'change_staff_member',
    await client.rpc('change_staff_member', { ...rest, ...(location_ids && { location_ids }) }),
  )
}

/** Ends every session of a staff member, on every device. Returns the number of sessions. */
export async function signOutEverywhere(user_id: string): Promise<Result<number, Refusal>> {
  const client = await sessionClient()
  return outcome('sign_out_everywhere', await client.rpc('sign_out_everywhere', { user_id }))
}

/** The secret of the invitation that the form with this key makes: it follows from both, and is kept nowhere. */
function secretOf(idempotencyKey: string): string {
  return createHmac('sha256', secretKey()).update(`invitation ${idempotencyKey}`).digest('base64url')
}

async function linkWith(secret: string): Promise<string> {
  return new URL(`/staff/join/${secret}`, await siteUrl()).href
}
