'use server'

import { redirect } from 'next/navigation'
import type { Result } from '@/lib/domain/core/result'
import { ConsentRecord, CustomerNamed, CustomerNote } from '@/lib/domain/people/customer'
import {
  InvitationNamed,
  InviteRequest,
  RightsRequest,
  rightsFields,
  StaffMemberNamed,
} from '@/lib/domain/people/people'
import { defineForm } from '@/lib/server/forms/define-form'
import * as customers from '@/lib/server/people/customers'
import * as people from '@/lib/server/people/people'
import { currentPerson, endSession } from '@/lib/server/session/session'

/** Answers with the link to hand over, which is shown once. */
export const inviteStaffMember = defineForm({
  least: 'manager',
  schema: InviteRequest,
  read: rightsFields,
  refreshes: true,
  run: people.invite,
})

/** Answers with another link for an open invitation; the former one is dead. */
export const renewInvitation = defineForm({
  least: 'manager',
  schema: InvitationNamed,
  refreshes: true,
  run: ({ invitation_id, idempotency_key }) => people.renewInvitation(invitation_id, idempotency_key),
})

export const revokeInvitation = defineForm({
  least: 'manager',
  schema: InvitationNamed,
  refreshes: true,
  run: ({ invitation_id }) => people.revokeInvitation(invitation_id),
})

export const changeRights = defineForm({
  least: 'manager',
  schema: RightsRequest,
  read: rightsFields,
  refreshes: true,
  run: people.changeStaffMember,
})

/** Anybody may end their own sessions, this one too, which leads to the sign-in page. The database checks whose. */
export const endAllSessions = defineForm({
  least: 'viewer',
  schema: StaffMemberNamed,
  refreshes: true,
  async run({ user_id }): Promise<Result<unknown>> {
    const isOwn = (await currentPerson())?.id === user_id
    const ended = await people.signOutEverywhere(user_id)
    if (!ended.ok || !isOwn) return ended
    await endSession()
    redirect('/staff/sign-in')
  },
})

// Customers.

export const addCustomerNote = defineForm({
  least: 'stock',
  schema: CustomerNote,
  refreshes: true,
  run: customers.addNote,
})

export const recordConsent = defineForm({
  least: 'stock',
  schema: ConsentRecord,
  refreshes: true,
  run: customers.recordConsent,
})

/** Adds guest orders to the account that confirmed their e-mail address. */
export const mergeCustomer = defineForm({
  least: 'manager',
  schema: CustomerNamed,
  refreshes: true,
  run: customers.mergeOrders,
})

/** The inverse of mergeCustomer. */
export const separateCustomer = defineForm({
  least: 'manager',
  schema: CustomerNamed,
  refreshes: true,
  run: customers.separateOrders,
})
