'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import { SaleItemSearch, SaleQuoteRequest, SaleRequest } from '@/lib/domain/orders/counter-sale'
import {
  CancelByStaff,
  ClaimNext,
  Fulfilment,
  Inspection,
  ItemsReturn,
  itemFields,
  OfOrder,
  ParcelChange,
  ParcelDelivered,
  PaymentTaken,
  PickRequest,
  parcelFields,
  RefundMore,
  ShortPick,
} from '@/lib/domain/orders/desk-request'
import { type Lease, Picked } from '@/lib/domain/orders/order-desk'
import { defineForm } from '@/lib/server/forms/define-form'
import * as counter from '@/lib/server/orders/counter-sale'
import { claimNext, giveGoodwill, giveRefund, renewLease } from '@/lib/server/orders/desk-calls'
import { callFunction } from '@/lib/server/platform/call-function'
import { admitStaff } from '@/lib/server/session/admit'

// Staff actions on an order. Each calls the SQL function of its name, which checks the permission.

const ofOrder = { least: 'stock', schema: OfOrder, refreshes: true } as const

export const claimOrder = defineForm({ ...ofOrder, run: (asked) => callFunction('claim_order', asked) })

export const releaseClaim = defineForm({ ...ofOrder, run: (asked) => callFunction('release_claim', asked) })

export const settleShorts = defineForm({ ...ofOrder, run: (asked) => callFunction('settle_shorts', asked) })

export const confirmOrder = defineForm({ ...ofOrder, run: (asked) => callFunction('confirm_order', asked) })

export const takePayment = defineForm({
  ...ofOrder,
  schema: PaymentTaken,
  run: (asked) => callFunction('take_payment', asked),
})

export const refundOrder = defineForm({ ...ofOrder, run: giveRefund })

export const refundMore = defineForm({ ...ofOrder, schema: RefundMore, run: giveGoodwill })

export const retryPayment = defineForm({ ...ofOrder, run: (asked) => callFunction('retry_payment', asked) })

export const reportShortPick = defineForm({
  ...ofOrder,
  schema: ShortPick,
  run: (asked) => callFunction('short_pick', asked),
})

export const cancelOrder = defineForm({
  ...ofOrder,
  schema: CancelByStaff,
  run: (asked) => callFunction('cancel_order', asked),
})

export const fulfilOrder = defineForm({
  ...ofOrder,
  schema: Fulfilment,
  read: itemFields,
  run: (asked) => callFunction('fulfil_order', asked),
})

export const changeParcel = defineForm({
  ...ofOrder,
  schema: ParcelChange,
  read: parcelFields,
  run: (asked) => callFunction('change_parcel', asked),
})

/** Says that a parcel has reached its address, or that it has not. */
export const markDelivered = defineForm({
  ...ofOrder,
  schema: ParcelDelivered,
  run: (asked) => callFunction('mark_delivered', asked),
})

/** Says that the shop has answered a withdrawal. */
export const settleWithdrawal = defineForm({
  ...ofOrder,
  run: (asked) => callFunction('settle_withdrawal', asked),
})

export const returnItems = defineForm({
  ...ofOrder,
  schema: ItemsReturn,
  read: itemFields,
  run: (asked) => callFunction('return_items', asked),
})

export const inspectReturn = defineForm({
  ...ofOrder,
  schema: Inspection,
  run: (asked) => callFunction('inspect_return', asked),
})

/** Answers with how far the line is; the page follows it live. */
export const pickUnits = defineForm({
  least: 'stock',
  schema: PickRequest,
  async run(asked): Promise<Result<Picked[]>> {
    const picked = await callFunction('pick_units', asked)
    return picked.ok ? accepted([Picked.parse(picked.data)]) : picked
  },
})

/** Leads to the order that has waited longest, or answers that none waits. */
export const pickNextOrder = defineForm({
  least: 'stock',
  schema: ClaimNext,
  async run(asked): Promise<Result<null>> {
    const claimed = await claimNext(asked)
    if (!claimed.ok) return claimed
    if (claimed.data) redirect(`/staff/orders/${claimed.data}` as Route)
    return accepted(null)
  },
})

/** Says that the caller is still picking; answers whose the order is. */
export async function keepLease(orderId: string): Promise<Result<Lease>> {
  const admitted = await admitStaff('stock')
  if (!admitted.ok) return admitted
  const asked = z.guid().safeParse(orderId)
  return asked.success ? renewLease(asked.data) : refused(invalidInput(asked.error))
}

// A walk-in sale.

export const findSaleItem = defineForm({
  least: 'stock',
  schema: SaleItemSearch,
  run: counter.findSaleItem,
})

export const quoteSale = defineForm({ least: 'stock', schema: SaleQuoteRequest, run: counter.quoteSale })

export const sellAtCounter = defineForm({ least: 'stock', schema: SaleRequest, run: counter.sellAtCounter })
