'use server'

import { AlertAssignment, AlertSnooze, OfAlert } from '@/lib/domain/insight/alert'
import { defineForm } from '@/lib/server/forms/define-form'
import { callFunction } from '@/lib/server/platform/call-function'

// Staff actions on an alert. Each calls the SQL function of its name, which checks the permission.

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
