'use client'

import { useMemo } from 'react'
import { useLiveQuery } from '@/lib/client/live/use-live-query'
import { movementsOf } from '@/lib/domain/live/stock-queries'
import type { Location } from '@/lib/domain/place'
import type { StockMovement } from '@/lib/domain/stock'
import { reasonWords, signed } from './words'

/** The latest movements of one variant, newest first, live. Renders a `<section>` with a `<table>`. */
export function MovementList({
  variantId,
  first,
  locations,
  names,
}: {
  variantId: string
  first: readonly StockMovement[]
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
}) {
  const query = useMemo(() => movementsOf(variantId), [variantId])
  const { rows } = useLiveQuery(query, first)

  return (
    <section aria-labelledby="movements" className="grid gap-4">
      <h2 id="movements" className="display text-title">
        Movements
      </h2>
      {rows.length === 0 ? (
        <p className="text-small text-soft">None yet. The first delivery will stand here.</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full border-collapse text-left text-small [&_td]:border-line [&_td]:border-t [&_td]:py-2 [&_td]:pe-6 [&_th]:pe-6 [&_th]:pb-2 [&_th]:font-normal [&_th]:text-fine [&_th]:text-soft">
            <caption className="sr-only">Latest movements, newest first</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Units</th>
                <th scope="col">Why</th>
                <th scope="col">Where</th>
                <th scope="col">Who</th>
                <th scope="col">Document or note</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((movement) => (
                <tr key={movement.id}>
                  <td className="figures whitespace-nowrap">
                    <time dateTime={movement.created_at}>{timeInWords(movement.created_at)}</time>
                  </td>
                  <td className="figures font-semibold">{signed(movement.delta)}</td>
                  <td>{reasonWords[movement.reason]}</td>
                  <td className="whitespace-nowrap">
                    {locations.find(({ id }) => id === movement.location_id)?.name ?? 'A closed location'}
                  </td>
                  <td className="whitespace-nowrap">{names[movement.actor] ?? 'The shop'}</td>
                  <td>{[movement.document, movement.note].filter(Boolean).join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** In UTC and one language, so that server and browser write the same: "23 Nov 2026, 01:45". */
const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

function timeInWords(iso: string): string {
  return format.format(new Date(iso))
}
