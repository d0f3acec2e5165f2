import { hasCode, keyOfScan } from '@/lib/domain/codes/scan'
import type { Location } from '@/lib/domain/stock/place'
import type { Picked, PickLine } from './order-desk'

/** Units of an order on the shelf of one location, and the number still to pick. */
export interface PickGroup {
  location: Location
  lines: readonly PickLine[]
  toPick: number
}

/** Units of a line that still lie on the shelf. */
export function leftToPick({ quantity, picked }: Pick<PickLine, 'quantity' | 'picked'>): number {
  return Math.max(0, quantity - picked)
}

/** Pick lines with their current progress. Units handed over without a scan count as picked. */
export function withPicks(lines: readonly PickLine[], picks: readonly Picked[]): PickLine[] {
  return lines.map((line) => {
    const pick = picks.find((each) => isSame(each, line))
    return { ...line, picked: Math.max(line.fulfilled, pick?.picked ?? line.picked) }
  })
}

/** The lines by location, in the shop's order; lines at a closed location are grouped under a separate name. */
export function atLocations(lines: readonly PickLine[], locations: readonly Location[]): PickGroup[] {
  const ids = [...new Set(lines.map(({ location_id }) => location_id))]
  const closed = ids.filter((id) => !locations.some((location) => location.id === id))
  return [
    ...locations.filter(({ id }) => ids.includes(id)),
    ...closed.map((id) => ({ id, slug: '', name: 'A closed location' })),
  ].map((location) => {
    const here = lines.filter(({ location_id }) => location_id === location.id)
    return { location, lines: here, toPick: here.reduce((units, line) => units + leftToPick(line), 0) }
  })
}

/**
 * The line that a scanned code means at a location: as in SQL, the one that still needs units. Undefined for an unknown
 * code, and for one that several variants have: the server then asks which.
 */
export function lineOf(code: string, lines: readonly PickLine[]): PickLine | undefined {
  const key = keyOfScan(code)
  const named = lines.filter((line) => hasCode(line, key))
  if (new Set(named.map(({ variant_id }) => variant_id)).size > 1) return undefined
  return named.find((line) => leftToPick(line) > 0) ?? named[0]
}

function isSame(
  one: Pick<PickLine, 'order_item_id' | 'location_id'>,
  other: Pick<PickLine, 'order_item_id' | 'location_id'>,
): boolean {
  return one.order_item_id === other.order_item_id && one.location_id === other.location_id
}
