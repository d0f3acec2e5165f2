import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { WantedLine } from '@/lib/domain/agents/checkout-request'
import { fewerAfter, type HeldLine } from '@/lib/domain/agents/messages'
import type { Cart } from '@/lib/domain/cart/cart'
import type { Refusal } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { holdWithOthers } from '@/lib/server/cart/hold-with-others'
import { outcome } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { type AgentRefusal, callerCodes, refusalOf } from './refusals'

interface HeldCart {
  cart_token: string
  network?: string
}

/** The most units of one line. */
const mostUnits = 99

/**
 * Makes a cart hold these lines and no others, as far as units are left. Lines that are held as wanted stay as they are. Ends
 * early when the shop refuses the caller.
 *
 * @param newKey makes the key of a hold; one that follows from the line holds it once, however often this is called.
 */
export async function holdLines(
  held: HeldCart,
  before: Cart,
  wanted: readonly WantedLine[],
  newKey: (variant: string, units: number) => string = () => randomUUID(),
): Promise<Result<HeldLine[], AgentRefusal>> {
  for (const line of before.lines) {
    const asked = wanted.find(({ id }) => id === line.variant_id)?.quantity ?? 0
    const surplus = line.held < line.quantity ? line.quantity : line.quantity - Math.min(asked, mostUnits)
    const released = surplus > 0 ? await release(held, line.variant_id, surplus) : null
    if (released && !released.ok && callerCodes.has(released.error.code))
      return refused(refusalOf(released.error))
  }
  const lines: HeldLine[] = []
  for (const { id, quantity } of wanted) {
    const own = before.lines.find(({ variant_id }) => variant_id === id)
    const kept = own && own.held >= own.quantity ? Math.min(own.quantity, quantity) : 0
    const { got, refusal } = await holdUpTo(
      held,
      { id, kept, units: Math.min(quantity, mostUnits) - kept },
      newKey,
    )
    if (refusal && callerCodes.has(refusal.code)) return refused(refusalOf(refusal))
    lines.push({ id, wanted: quantity, got: kept + got, refusal })
  }
  return accepted(lines)
}

/** Releases every line. */
export async function releaseLines(held: HeldCart, { lines }: Cart): Promise<void> {
  for (const { variant_id, quantity } of lines) await release(held, variant_id, quantity)
}

/** Restarts the holds of the cart, within hold_cap. */
export async function renewHolds(held: HeldCart): Promise<Refusal | null> {
  const renewed = outcome('extend_hold', await secretClient().rpc('extend_hold', held))
  return renewed.ok ? null : renewed.error
}

async function release({ cart_token }: HeldCart, variant_id: string, quantity: number) {
  const asked = { variant_id, quantity, cart_token, idempotency_key: randomUUID() }
  return outcome('release_hold', await secretClient().rpc('release_hold', asked))
}

/** Asks for fewer when told to, twice at most: others buy at the same time. */
async function holdUpTo(
  held: HeldCart,
  { id: variant_id, kept, units }: { id: string; kept: number; units: number },
  newKey: (variant: string, units: number) => string,
): Promise<{ got: number; refusal: Refusal | null }> {
  if (!z.guid().safeParse(variant_id).success) return { got: 0, refusal: { code: 'not_found', detail: {} } }
  let refusal: Refusal | null = null
  let asked = units
  for (let tries = 0; tries < 3 && asked > 0; tries += 1) {
    const idempotency_key = newKey(variant_id, asked)
    const request = { variant_id, quantity: asked, idempotency_key, ...held }
    const answer = await holdWithOthers(request)
    if (answer.ok) return { got: asked, refusal }
    refusal = answer.error
    asked = fewerAfter(refusal, asked, kept)
  }
  return { got: 0, refusal }
}
