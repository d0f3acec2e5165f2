'use client'

import { LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import type { Alert } from '@/lib/domain/insight/alert'
import { openAlerts } from '@/lib/domain/insight/live'
import { AlertItem, type Team } from './alert-item'
import { alertListWords } from './words'

/**
 * Open alerts, live; snoozed ones come last. Renders a `<ul>`, or a sentence without alerts.
 */
export function AlertList({ first, team }: { first: readonly Alert[]; team: Team }) {
  const { rows } = useLiveList(openAlerts, first)
  const sorted = rows.toSorted((one, other) => Number(!!one.snoozed_until) - Number(!!other.snoozed_until))
  const due = rows.filter(({ snoozed_until }) => !snoozed_until).length
  return (
    <>
      <Text size="small" tone="soft" role="status">
        {due === 0
          ? alertListWords.noOpenAlerts
          : due === 1
            ? alertListWords.n1OpenAlert
            : alertListWords.openAlerts(due)}
      </Text>
      {sorted.length > 0 && (
        <LineList>
          {sorted.map((alert) => (
            <AlertItem key={alert.id} alert={alert} team={team} />
          ))}
        </LineList>
      )}
    </>
  )
}
