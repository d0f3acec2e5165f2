'use server'

import { Block, HoldsToEnd, holdsFields, OrdersToCancel, Unblock } from '@/lib/domain/holds/hold-request'
import { defineForm } from '@/lib/server/forms/define-form'
import * as desk from '@/lib/server/holds/hold-desk'
import { callFunction } from '@/lib/server/platform/call-function'

export const endHolds = defineForm({
  least: 'stock',
  schema: HoldsToEnd,
  read: holdsFields,
  refreshes: true,
  run: (asked) => callFunction('end_holds', asked),
})

export const blockCaller = defineForm({
  least: 'manager',
  schema: Block,
  refreshes: true,
  run: (asked) => callFunction('block_caller', asked),
})

export const unblockCaller = defineForm({
  least: 'manager',
  schema: Unblock,
  refreshes: true,
  run: (asked) => callFunction('unblock_caller', asked),
})

export const cancelUnpaidOrders = defineForm({
  least: 'manager',
  schema: OrdersToCancel,
  refreshes: true,
  run: desk.cancelUnpaidOrders,
})
