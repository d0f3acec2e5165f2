'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { readRequest } from '@/lib/domain/core/bad-request'
import { invalidInput } from '@/lib/domain/core/refusal'
import { refused } from '@/lib/domain/core/result'
import { InviteRequest, type PeopleAnswer, RightsRequest, rightsFields } from '@/lib/domain/people/people'
import { backToPage } from '@/lib/server/http/back-to-page'
import {
  changeColleague,
  invite,
  renewInvitation,
  revokeInvitation,
  signOutEverywhere,
} from '@/lib/server/people/people'
import { staffDoor } from '@/lib/server/session/doors'
import { currentPerson, endSession } from '@/lib/server/session/session'

// Every form is the same with and without JavaScript: it leads back to its page, which says how it fared.

export async function inviteColleague(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backTo(door)
  const request = InviteRequest.safeParse(rightsFields(form))
  const invited = request.success ? await invite(request.data) : refused(invalidInput(request.error))
  await backTo(
    invited.ok ? { ok: true, done: 'invited', name: String(form.get('name')), link: invited.data } : invited,
  )
}

export async function makeAnotherLink(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backTo(door)
  const renewed = await renewInvitation(idIn(form, 'invitation_id'), idIn(form, 'idempotency_key'))
  await backTo(
    renewed.ok ? { ok: true, done: 'invited', name: String(form.get('name')), link: renewed.data } : renewed,
  )
}

export async function takeInvitationBack(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backTo(door)
  const revoked = await revokeInvitation(idIn(form, 'invitation_id'))
  await backTo(revoked.ok ? { ok: true, done: 'revoked' } : revoked)
}

export async function changeRights(form: FormData): Promise<void> {
  const door = await staffDoor('manager', form)
  if (!door.ok) return backTo(door)
  const request = RightsRequest.safeParse(rightsFields(form))
  if (!request.success) return backTo(refused(invalidInput(request.error)))
  const changed = await changeColleague(request.data)
  if (changed.ok) return backTo({ ok: true, done: 'changed' })
  const { role, location_ids, active } = request.data
  await backTo({
    ...changed,
    ...(changed.error.code === 'own_access' && { asked: { role, location_ids, active } }),
  })
}

/** One's own sessions end with this one: the way leads to the entrance. */
export async function endAllSessions(form: FormData): Promise<void> {
  // One's own anybody may end; whose else it is, the database asks.
  const door = await staffDoor('viewer', form)
  if (!door.ok) return backTo(door)
  const userId = idIn(form, 'user_id')
  const isOwn = (await currentPerson())?.id === userId
  const ended = await signOutEverywhere(userId)
  if (!ended.ok) return backTo(ended)
  if (!isOwn) return backTo({ ok: true, done: 'signed_out' })
  await endSession()
  redirect('/staff/sign-in')
}

const backTo = (answer: PeopleAnswer) => backToPage(answer)

function idIn(form: FormData, name: string): string {
  return readRequest(z.guid(), form.get(name))
}
