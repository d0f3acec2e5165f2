'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import {
  Announcement,
  Arrival,
  announcementFields,
  arrivalFields,
  Closing,
  closingFields,
} from '@/lib/domain/deliveries/delivery-request'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import * as deliveries from '@/lib/server/deliveries/deliveries'
import { defineForm } from '@/lib/server/forms/define-form'
import { admitStaff } from '@/lib/server/session/admit'

/** Leads to the delivery it opens; refused, it answers why. */
export const openDelivery = defineForm({
  least: 'stock',
  schema: Announcement,
  read: announcementFields,
  async run(asked): Promise<Result<unknown>> {
    const opened = await deliveries.openDelivery(asked)
    if (opened.ok) redirect(`/staff/receive/${opened.data.id}` as Route)
    return opened
  },
})

/** Answers with the delivery as it is then. */
export const receiveDelivery = defineForm({
  least: 'stock',
  schema: Arrival,
  read: arrivalFields,
  async run(arrival): Promise<Result<DeliveryRead>> {
    const received = await deliveries.receiveDelivery(arrival)
    return received.ok ? deliveryNow(arrival.delivery_id) : received
  },
})

/** Answers with the delivery as it is then. */
export const closeDelivery = defineForm({
  least: 'stock',
  schema: Closing,
  read: closingFields,
  async run(closing): Promise<Result<DeliveryRead>> {
    const closed = await deliveries.closeDelivery(closing)
    return closed.ok ? deliveryNow(closing.delivery_id) : closed
  },
})

/** The delivery as it is now. */
export async function readDelivery(id: string): Promise<Result<DeliveryRead>> {
  const admitted = await admitStaff('viewer')
  if (!admitted.ok) return admitted
  const asked = z.guid().safeParse(id)
  return asked.success ? deliveryNow(asked.data) : refused(invalidInput(asked.error))
}

async function deliveryNow(delivery_id: string): Promise<Result<DeliveryRead>> {
  const read = await deliveries.readDelivery(delivery_id)
  return read ? accepted(read) : refused({ code: 'not_found', detail: { delivery_id } })
}
