import 'server-only'
import type { z } from 'zod'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { type JoinWaitlist, Waitlist, WaitlistEntry } from '@/lib/domain/waitlist/waitlist'
import { networkArgument } from '@/lib/server/network/client-network'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { cartTokenOrOffer, waitlistToken } from '@/lib/server/session/guest-secrets'
import { currentShopper, isSignedIn } from '@/lib/server/session/shopper'

// The waitlist of a variant for the shopper of this browser. A guest is known by the link of an e-mail alone, whose
// secret is in a cookie (app/(shop)/waitlist/key).

/** Puts this shopper on a waitlist; a guest confirms by e-mail first. */
export async function joinWaitlist({
  email,
  ...asked
}: z.infer<typeof JoinWaitlist>): Promise<Result<{ is_confirmed: boolean }>> {
  const signedIn = await isSignedIn()
  const client = signedIn ? await sessionClient() : secretClient()
  const args = signedIn ? asked : { ...asked, ...(email ? { email } : {}), ...(await networkArgument()) }
  const joined = outcome<unknown>('join_waitlist', await client.rpc('join_waitlist', args))
  return joined.ok ? accepted(joined.data as { is_confirmed: boolean }) : joined
}

/** The entry that a secret opens; null for one that has ended. */
export async function readEntry(secret: string): Promise<WaitlistEntry | null> {
  const read = outcome<unknown>(
    'read_waitlist_entry',
    await secretClient().rpc('read_waitlist_entry', { waitlist_token: secret }),
  )
  return read.ok ? WaitlistEntry.parse(read.data) : null
}

/** The entry whose link this browser opened last. */
export async function currentEntry(): Promise<WaitlistEntry | null> {
  const secret = await waitlistToken()
  return secret ? readEntry(secret) : null
}

const noEntry = refused({ code: 'not_found', detail: {} }) as Result<never>

/** Confirms the address of the entry, which gets its place on the waitlist. */
export async function confirmEntry(): Promise<Result<unknown>> {
  const secret = await waitlistToken()
  if (!secret) return noEntry
  return outcome('confirm_waitlist', await secretClient().rpc('confirm_waitlist', { waitlist_token: secret }))
}

/** Deletes the entry with its address. */
export async function leaveEntry(): Promise<Result<unknown>> {
  const secret = await waitlistToken()
  if (!secret) return noEntry
  return outcome('leave_waitlist', await secretClient().rpc('leave_waitlist', { waitlist_token: secret }))
}

/** Puts the offered unit into this browser's cart. */
export async function acceptOffer(idempotency_key: string): Promise<Result<unknown>> {
  const secret = await waitlistToken()
  if (!secret) return noEntry
  const shopper = await currentShopper(cartTokenOrOffer)
  if (!shopper) return refused({ code: 'cookies_blocked', detail: {} })
  return outcome(
    'accept_offer',
    await shopper.client.rpc('accept_offer', {
      waitlist_token: secret,
      idempotency_key,
      ...shopper.cart,
      ...(await networkArgument()),
    }),
  )
}

/** The waitlist of a variant. For staff. */
export async function readWaitlist(variant_id: string): Promise<Waitlist> {
  const client = await sessionClient()
  return Waitlist.parse(rowsOrThrow('read_waitlist', await client.rpc('read_waitlist', { variant_id })))
}
