'use client'

import { useInView } from '@/lib/client/use-in-view'
import { type InventoryEntry, nameOf } from '@/lib/domain/inventory'
import type { Location } from '@/lib/domain/place'
import type { ShelfRow } from '@/lib/domain/shelf'
import { AdjustForm } from './adjust-form'
import { EntryName } from './entry-name'
import { LevelCells } from './level-cells'
import { useLevels } from './use-levels'

/** One variant: what it is, and a row for each location, live while on screen. Renders a `<tbody>`. */
export function InventoryGroup({
  entry,
  shelf,
  locations,
  keys,
}: {
  entry: InventoryEntry
  shelf: readonly ShelfRow[]
  locations: readonly Location[]
  /** An idempotency key for each location's form; none for who may not adjust. */
  keys: readonly string[]
}) {
  const { ref, isInView } = useInView<HTMLTableSectionElement>()
  const levels = useLevels(entry, isInView)

  return (
    <tbody
      ref={ref}
      aria-label={nameOf(entry)}
      className="border-line border-b max-desktop:grid max-desktop:gap-5 max-desktop:py-6 desktop:[&>tr]:align-baseline desktop:[&>tr:first-child>*]:pt-4 desktop:[&>tr:last-child>*]:pb-4"
    >
      {locations.map((location, index) => {
        const level = levels.at(location.id)
        const key = keys[index]
        return (
          <tr
            key={location.id}
            className="max-desktop:grid max-desktop:grid-cols-[repeat(5,auto)] max-desktop:items-end max-desktop:justify-between max-desktop:gap-2 tablet:max-desktop:ms-18 tablet:max-desktop:grid-cols-[7rem_repeat(5,auto)_17.5rem]"
          >
            {index === 0 && (
              <th
                scope="rowgroup"
                rowSpan={locations.length}
                className="text-left font-normal max-desktop:col-span-full tablet:max-desktop:-ms-18 desktop:pe-6 desktop:align-top"
              >
                <EntryName entry={entry} shelf={shelf} />
              </th>
            )}
            <th
              scope="row"
              className="text-left font-normal max-tablet:col-span-full max-desktop:font-medium desktop:pe-3"
            >
              {location.name}
            </th>
            <LevelCells level={level} />
            {key && (
              <td className="max-tablet:col-span-full desktop:py-1.5 desktop:ps-8">
                <AdjustForm level={level} entry={entry} location={location} firstKey={key} />
              </td>
            )}
          </tr>
        )
      })}
    </tbody>
  )
}
