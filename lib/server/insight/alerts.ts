import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import type { AlertGesture } from '@/lib/domain/insight/alert'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Looks for what somebody should be told of; how often each rule is asked is the database's business. */
export async function findAlerts(): Promise<void> {
  rowsOrThrow('find_alerts', await (await sessionClient()).rpc('find_alerts'))
}

/** Does what a colleague asks of an alert. The database decides whether they may. */
export async function tendAlert(asked: AlertGesture): Promise<Result<unknown>> {
  const client = await sessionClient()
  const { gesture, alert_id, idempotency_key } = asked
  switch (gesture) {
    case 'acknowledge_alert':
      return outcome(gesture, await client.rpc(gesture, { alert_id, idempotency_key }))
    case 'assign_alert':
      return outcome(gesture, await client.rpc(gesture, { alert_id, idempotency_key, owner: asked.owner }))
    case 'snooze_alert':
      return outcome(gesture, await client.rpc(gesture, { alert_id, idempotency_key, hours: asked.hours }))
  }
}
