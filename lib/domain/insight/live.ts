import { liveList } from '@/lib/domain/live/live-list'
import { Alert, alertColumns } from './alert'

/** Open alerts, latest first. Resolved alerts leave the list. */
export const openAlerts = liveList<Alert>(
  {
    table: 'alerts',
    columns: alertColumns,
    parse: (candidate) => Alert.safeParse(candidate).data ?? null,
    by: 'id',
    id: (alert) => String(alert.id),
    version: (alert) => alert.version,
  },
  {
    pageSize: 50,
    only: { where: 'resolved_at=is.null', has: (alert) => alert.resolved_at === null },
  },
)
