'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { invalidInput } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { Arrival, announcementIn, closingIn } from '@/lib/domain/deliveries/delivery-request'
import { fieldsIn } from '@/lib/domain/stock/stock-request'
import {
  closeDelivery,
  openDelivery,
  readDelivery,
  receiveDelivery,
} from '@/lib/server/deliveries/deliveries'
import { backToPage } from '@/lib/server/http/back-to-page'
import { staffDoor } from '@/lib/server/session/doors'

// Calls answer with the delivery as it is then; posts, for a form without JavaScript, lead to the page that shows it.

/** Leads to the delivery it opens; refused, it answers why. */
export async function open(form: FormData): Promise<Result<null>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const asked = announcementIn(form)
  if (!asked.success) return refused(invalidInput(asked.error))
  const opened = await openDelivery(asked.data)
  if (opened.ok) redirect(`/staff/receive/${opened.data.id}` as Route)
  return opened
}

export async function postOpening(form: FormData): Promise<void> {
  await backToPage(await open(form))
}

/** The delivery as it is now. */
export async function lookAtDelivery(id: string): Promise<Result<DeliveryRead>> {
  const door = await staffDoor('viewer')
  if (!door.ok) return door
  const asked = z.guid().safeParse(id)
  return asked.success ? deliveryNow(asked.data) : refused(invalidInput(asked.error))
}

async function deliveryNow(delivery_id: string): Promise<Result<DeliveryRead>> {
  const read = await readDelivery(delivery_id)
  return read ? accepted(read) : refused({ code: 'not_found', detail: { delivery_id } })
}

export async function arrive(form: FormData): Promise<Result<DeliveryRead>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const arrival = Arrival.safeParse(fieldsIn(form))
  if (!arrival.success) return refused(invalidInput(arrival.error))
  const received = await receiveDelivery(arrival.data)
  return received.ok ? deliveryNow(arrival.data.delivery_id) : received
}

export async function postArrival(form: FormData): Promise<void> {
  await backToPage(await arrive(form))
}

export async function close(form: FormData): Promise<Result<DeliveryRead>> {
  const door = await staffDoor('stock', form)
  if (!door.ok) return door
  const closing = closingIn(form)
  if (!closing.success) return refused(invalidInput(closing.error))
  const closed = await closeDelivery(closing.data)
  return closed.ok ? deliveryNow(closing.data.delivery_id) : closed
}

export async function postClosing(form: FormData): Promise<void> {
  await backToPage(await close(form))
}
