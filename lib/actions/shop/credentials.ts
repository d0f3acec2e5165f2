'use server'

import { redirect } from 'next/navigation'
import { type Result, refused } from '@/lib/domain/core/result'
import {
  type AccountNotice,
  AddressChange,
  ConfirmRequest,
  type CredentialsRefusal,
  credentialsProblem,
  LinkRequest,
  PasswordChange,
  ResetRequest,
} from '@/lib/domain/people/credentials'
import { OwnConsent } from '@/lib/domain/people/customer'
import { defineForm } from '@/lib/server/forms/define-form'
import { leaveFlash } from '@/lib/server/http/flash'
import { changeOwnConsent } from '@/lib/server/people/customers'
import * as credentials from '@/lib/server/session/credentials'
import { currentPerson, currentStaff, type Person } from '@/lib/server/session/session'

// Passwords and addresses of accounts. Each form leads back to its page with a notice, or on to the account.

type Outcome = Result<AccountNotice, CredentialsRefusal>

const notices = {
  least: 'anybody',
  leave: (answer: Outcome) => ({ notice: answer.ok ? answer.data : answer.error }),
} as const

const done = (notice: AccountNotice) => ({ ok: true, data: notice }) as const

/** Mails a link to choose a new password, if the address has an account. */
export const askForReset = defineForm<LinkRequest, Outcome>({
  ...notices,
  schema: LinkRequest,
  async run({ email }) {
    const asked = await credentials.mailLink('reset', email)
    return asked.ok ? done('link_sent') : asked
  },
  refuse: () => refused('address_missing'),
})

/** Mails the link that confirms an address again, if its account needs it. */
export const askForConfirmation = defineForm<LinkRequest, Outcome>({
  ...notices,
  schema: LinkRequest,
  async run({ email }) {
    const asked = await credentials.mailLink('confirm', email)
    return asked.ok ? done('link_sent') : asked
  },
  refuse: () => refused('address_missing'),
})

export const resetPassword = defineForm<ResetRequest, Outcome>({
  ...notices,
  schema: ResetRequest,
  async run(request) {
    const reset = await credentials.resetPassword(request)
    if (!reset.ok) return reset
    if (await currentStaff()) redirect('/staff')
    await leaveFlash({ notice: 'password_changed' }, '/account/details')
    redirect('/account/details')
  },
  refuse: (_, form) => refused(credentialsProblem(form)),
})

export const confirmAddress = defineForm<ConfirmRequest, Outcome>({
  ...notices,
  schema: ConfirmRequest,
  async run(request) {
    const confirmed = await credentials.confirmAddress(request)
    if (!confirmed.ok) return confirmed
    return done(confirmed.data === 'approved' ? 'address_approved' : 'address_confirmed')
  },
  refuse: () => refused('link_ended'),
})

export const changePassword = defineForm<PasswordChange, Outcome>({
  ...notices,
  schema: PasswordChange,
  async run(request) {
    const changed = await credentials.changePassword(await signedIn(), request)
    return changed.ok ? done('password_changed') : changed
  },
  refuse: (_, form) => refused(credentialsProblem(form)),
})

export const changeAddress = defineForm<AddressChange, Outcome>({
  ...notices,
  schema: AddressChange,
  async run(request) {
    const changed = await credentials.changeAddress(await signedIn(), request)
    return changed.ok ? done('change_sent') : changed
  },
  refuse: () => refused('details_missing'),
})

/** Records whether the signed-in person wants advertising. */
export const changeAdvertising = defineForm<OwnConsent, Result<AccountNotice, AccountNotice>>({
  least: 'anybody',
  schema: OwnConsent,
  async run({ given }) {
    await signedIn()
    const changed = await changeOwnConsent(given)
    if (!changed.ok) return refused('not_saved')
    return done(given ? 'advertising_agreed' : 'advertising_withdrawn')
  },
  refuse: () => refused('not_saved'),
  leave: (answer) => ({ notice: answer.ok ? answer.data : answer.error }),
})

async function signedIn(): Promise<Person> {
  return (await currentPerson()) ?? redirect('/account/sign-in')
}
