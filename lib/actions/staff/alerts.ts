'use server'

import { AlertAssignment, AlertSnooze, OfAlert } from '@/lib/domain/insight/alert'
import { defineForm } from '@/lib/server/forms/define-form'
import { callFunction } from '@/lib/server/platform/call-function'

// What staff do with an alert. Each is the SQL function of its name, which decides whether they may.

export const acknowledgeAlert = defineForm({
  least: 'stock',
  schema: OfAlert,
  refreshes: true,
  run: (asked) => callFunction('acknowledge_alert', asked),
})

export const assignAlert = defineForm({
  least: 'stock',
  schema: AlertAssignment,
  refreshes: true,
  run: (asked) => callFunction('assign_alert', asked),
})

export const snoozeAlert = defineForm({
  least: 'stock',
  schema: AlertSnooze,
  refreshes: true,
  run: (asked) => callFunction('snooze_alert', asked),
})
