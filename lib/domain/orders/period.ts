import { z } from 'zod'
import { momentOfWallTime } from '@/lib/domain/core/shop-time'

const Day = z.iso
  .date()
  .regex(/^20\d\d-/)
  .or(z.literal(''))
  .catch('')

/** The first and the last day of an export, as they appear in the address; empty for no limit. */
export const Period = z.object({ from: Day, to: Day })
export type Period = z.infer<typeof Period>

/** The moments of a period by the shop's clock: from its first day on, and before the day after its last; null for no limit. */
export function momentsOf({ from, to }: Period): { since: string | null; before: string | null } {
  return { since: startOf(from), before: to === '' ? null : startOf(dayAfter(to)) }
}

const startOf = (day: string) => (day === '' ? null : momentOfWallTime(`${day}T00:00:00`))

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60_000).toISOString().slice(0, 10)
}
