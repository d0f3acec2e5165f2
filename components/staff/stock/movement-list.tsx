'use client'

import { useMemo } from 'react'
import { locationName, reasonWords, signed } from '@/components/staff/shell/words'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { StaffRole } from '@/lib/domain/people/staff'
import { movementsOf } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import type { StockMovement } from '@/lib/domain/stock/stock'
import { SourceLink } from './source-link'
import { movementListWords } from './words'

/** The latest movements of one variant, newest first, live. Renders a `<section>` with a `<table>`. */
export function MovementList({
  variantId,
  first,
  locations,
  names,
  role,
}: {
  variantId: string
  first: readonly StockMovement[]
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  /** The role of the signed-in staff member. */
  role: StaffRole
}) {
  const query = useMemo(() => movementsOf(variantId), [variantId])
  const { rows } = useLiveQuery(query, first)

  return (
    <Section id="movements" title={movementListWords.movements}>
      {rows.length === 0 ? (
        <Text size="small" tone="soft">
          {movementListWords.noMovementsYet}
        </Text>
      ) : (
        <Table
          asCards
          caption={movementListWords.latestMovementsNewestFirst}
          columns={[
            { heading: movementListWords.units },
            { heading: movementListWords.reason },
            { heading: movementListWords.location },
            { heading: movementListWords.by },
            { heading: movementListWords.referenceOrNote },
            { heading: movementListWords.time },
          ]}
        >
          {rows.map((movement) => (
            <TableRow key={movement.id} card="wrap">
              <Cell figures className="font-semibold">
                {signed(movement.delta)}
              </Cell>
              <Cell>{reasonWords[movement.reason]}</Cell>
              <Cell>{locationName(movement.location_id, locations, movementListWords.aClosedLocation)}</Cell>
              <Cell tone="soft">{names[movement.actor] ?? movementListWords.theSystem}</Cell>
              <Cell tone="soft">
                {movement.document && (
                  <SourceLink source={movement} role={role}>
                    {movement.document}
                  </SourceLink>
                )}
                {movement.document && movement.note && ' · '}
                {movement.note}
              </Cell>
              <Cell tone="soft" figures>
                <time dateTime={movement.created_at}>{shopTimestamp(movement.created_at)}</time>
              </Cell>
            </TableRow>
          ))}
        </Table>
      )}
    </Section>
  )
}
