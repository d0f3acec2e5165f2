'use client'

import { useMemo } from 'react'
import { placeName, reasonWords, signed } from '@/components/staff/shell/words'
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
    <section aria-labelledby="movements" className="grid gap-4">
      <h2 id="movements" className="display text-title">
        {movementListWords.movements}
      </h2>
      {rows.length === 0 ? (
        <p className="text-small text-soft">{movementListWords.noMovementsYet}</p>
      ) : (
        <table className="w-full border-collapse text-left text-small max-tablet:block">
          <caption className="sr-only">{movementListWords.latestMovementsNewestFirst}</caption>
          <thead className="max-tablet:sr-only">
            <tr className="text-fine text-soft [&>th]:pe-6 [&>th]:pb-2 [&>th]:font-normal">
              <th scope="col">{movementListWords.units}</th>
              <th scope="col">{movementListWords.reason}</th>
              <th scope="col">{movementListWords.location}</th>
              <th scope="col">{movementListWords.by}</th>
              <th scope="col">{movementListWords.referenceOrNote}</th>
              <th scope="col">{movementListWords.time}</th>
            </tr>
          </thead>
          <tbody className="max-tablet:grid">
            {rows.map((movement) => (
              <tr
                key={movement.id}
                className="border-line border-t max-tablet:flex max-tablet:flex-wrap max-tablet:gap-x-3 max-tablet:py-3 [&>td]:pe-6 max-tablet:[&>td]:pe-0 tablet:[&>td]:py-2"
              >
                <td className="figures font-semibold">{signed(movement.delta)}</td>
                <td>{reasonWords[movement.reason]}</td>
                <td>{placeName(movement.location_id, locations, movementListWords.aClosedLocation)}</td>
                <td className="text-soft">{names[movement.actor] ?? movementListWords.theSystem}</td>
                <td className="text-soft">
                  {movement.document && (
                    <SourceLink source={movement} role={role}>
                      {movement.document}
                    </SourceLink>
                  )}
                  {movement.document && movement.note && ' · '}
                  {movement.note}
                </td>
                <td className="figures text-soft">
                  <time dateTime={movement.created_at}>{shopTimestamp(movement.created_at)}</time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
