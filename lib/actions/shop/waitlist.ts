'use server'

import { redirect } from 'next/navigation'
import type { z } from 'zod'
import type { Result } from '@/lib/domain/core/result'
import {
  AcceptOffer,
  ConfirmWaitlist,
  type EntryAnswer,
  JoinWaitlist,
  LeaveWaitlist,
  type WaitlistAnswer,
} from '@/lib/domain/waitlist/waitlist'
import { defineForm } from '@/lib/server/forms/define-form'
import * as waitlist from '@/lib/server/waitlist/waitlist'

// Plain forms: each leads back to its page, the same with and without JavaScript.

/** Puts this shopper on the waitlist of a variant. */
export const joinWaitlist = defineForm<z.infer<typeof JoinWaitlist>, WaitlistAnswer>({
  least: 'anybody',
  schema: JoinWaitlist,
  async run(asked) {
    const joined = await waitlist.joinWaitlist(asked)
    return joined.ok
      ? { joined: joined.data.is_confirmed ? 'in_line' : 'to_confirm' }
      : { refusal: joined.error }
  },
  refuse: (refusal) => ({ refusal }),
  leave: (answer) => answer,
})

/** Confirms the address of the entry whose link this browser opened. */
export const confirmWaitlist = defineForm<object, EntryAnswer | null>({
  least: 'anybody',
  schema: ConfirmWaitlist,
  run: async () => refusalOf(await waitlist.confirmEntry()),
  refuse: (refusal) => ({ refusal }),
  leave: (answer) => answer,
})

/** Deletes that entry. */
export const leaveWaitlist = defineForm<object, EntryAnswer | null>({
  least: 'anybody',
  schema: LeaveWaitlist,
  run: async () => refusalOf(await waitlist.leaveEntry()) ?? { left: true },
  refuse: (refusal) => ({ refusal }),
  leave: (answer) => answer,
})

/** Puts the unit that is held for that entry into the cart, and leads there. */
export const acceptOffer = defineForm<z.infer<typeof AcceptOffer>, EntryAnswer | null>({
  least: 'anybody',
  schema: AcceptOffer,
  async run({ idempotency_key }) {
    const held = await waitlist.acceptOffer(idempotency_key)
    if (held.ok) redirect('/cart')
    return { refusal: held.error }
  },
  refuse: (refusal) => ({ refusal }),
  leave: (answer) => answer,
})

function refusalOf(result: Result<unknown>): EntryAnswer | null {
  return result.ok ? null : { refusal: result.error }
}
