'use server'

import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { invalidInput } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { Lease, Picked } from '@/lib/domain/orders/order-desk'
import { ClaimNext, type GestureAnswer, gestureIn } from '@/lib/domain/orders/order-gesture'
import { backToPage } from '@/lib/server/http/back-to-page'
import { claimNext, doAtDesk, pickUnits, renewLease } from '@/lib/server/orders/order-gestures'
import { staffDoor } from '@/lib/server/session/doors'

// Two doors to whatever is done to an order, as in stock.ts: the call answers, the post leads back to the page.

/** How the gesture in a form fared. */
export async function desk(form: FormData): Promise<GestureAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const asked = gestureIn(form)
  if (!asked.success) return refused(invalidInput(asked.error))
  const done = await doAtDesk(asked.data)
  refresh()
  return done.ok ? { ok: true } : done
}

export async function postDesk(form: FormData): Promise<void> {
  await backToPage(await desk(form))
}

/** The same for a scan, which answers with how far its line is, and renders nothing anew. */
export async function scan(form: FormData): Promise<Result<readonly Picked[]>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const asked = gestureIn(form)
  if (!asked.success) return refused(invalidInput(asked.error))
  if (asked.data.gesture !== 'pick_units') throw new Error(`a scan cannot ${asked.data.gesture}`)
  const picked = await pickUnits(asked.data)
  return picked.ok ? accepted([picked.data]) : picked
}

/** Leads to the order that has waited longest, or says that none waits. */
export async function pickNext(form: FormData): Promise<GestureAnswer> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const asked = ClaimNext.safeParse(Object.fromEntries([...form].filter(([, value]) => value !== '')))
  if (!asked.success) return refused(invalidInput(asked.error))
  const claimed = await claimNext(asked.data)
  if (!claimed.ok) return claimed
  if (claimed.data) redirect(`/staff/orders/${claimed.data}` as Route)
  return { ok: true, nothingWaits: true }
}

export async function postPickNext(form: FormData): Promise<void> {
  await backToPage(await pickNext(form))
}

/** Says that the caller is still picking; answers whose the order is. */
export async function keepLease(orderId: string): Promise<Result<Lease>> {
  const door = await staffDoor('stock')
  if (!door.ok) return door
  const asked = z.guid().safeParse(orderId)
  return asked.success ? renewLease(asked.data) : refused(invalidInput(asked.error))
}
