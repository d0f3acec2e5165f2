'use client'

import { useState } from 'react'
import { Section } from '@/components/ui/layout/section'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { picksOf } from '@/lib/domain/orders/live'
import type { Picked, PickLine } from '@/lib/domain/orders/order-desk'
import { atLocations, withPicks } from '@/lib/domain/orders/pick-list'
import { isKeptByOthers, mayChangeStockAt, type StaffMember } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { LeaseBar } from './lease-bar'
import { PickListAt } from './pick-list-at'
import { ScanForm } from './scan-form'
import { type FirstLease, useLease } from './use-lease'
import { pickBoardWords } from './words'

/**
 * Fetching an order: whose it is, a field for the scanner, and what lies where. Live, and ahead of the server by
 * the latest scans. Renders a `<section>`.
 *
 * @param me the signed-in staff member.
 */
export function PickBoard({
  orderId,
  lines,
  picks,
  lease,
  locations,
  names,
  me,
}: {
  orderId: string
  lines: readonly PickLine[]
  picks: readonly Picked[]
  lease: FirstLease
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  me: Pick<StaffMember, 'userId' | 'role' | 'locationIds'>
}) {
  const { rows } = useLiveQuery(picksOf([orderId]), picks)
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = atLocations(withPicks(lines, rows), locations)
  const own = groups.filter(({ location }) => mayChangeStockAt(me, location.id))
  const waiting = own.filter(({ toPick }) => toPick > 0)
  // The location of the picker: the chosen one, until all its lines are picked.
  const here = waiting.find(({ location }) => location.id === chosen) ?? waiting[0]
  const holding = useLease(orderId, lease)
  const mayPick = holding.picker === me.userId || !holding.isHeld
  return (
    <Section id="picking" title={pickBoardWords.pick} gap={6}>
      {groups.some(({ toPick }) => toPick > 0) && (
        <LeaseBar orderId={orderId} holding={holding} names={names} me={here ? me.userId : null} />
      )}
      {mayPick && here && (
        <ScanForm orderId={orderId} here={here} waiting={waiting} onMove={setChosen} locations={locations} />
      )}
      {groups.map((group) => (
        <PickListAt
          key={group.location.id}
          orderId={orderId}
          group={group}
          mayPick={mayPick && own.includes(group)}
          isOthers={isKeptByOthers(me, group.location.id)}
          locations={locations}
        />
      ))}
    </Section>
  )
}
