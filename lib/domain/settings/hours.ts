import { z } from 'zod'

/** One span of opening hours: day 1 (Monday) to 7, times as "09:30". */
export const OpenSpan = z.object({ day: z.int().min(1).max(7), from: z.string(), to: z.string() })
export type OpenSpan = z.infer<typeof OpenSpan>

export const daysOfWeek = [1, 2, 3, 4, 5, 6, 7] as const

const span = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.h](\d{2}))?$/

/**
 * The hours of a day as people write them: "10-18", "9:00–12:30, 14:00–18:00"; empty is closed. Null when a part is no
 * span of time, or begins before the one before it ended.
 */
export function hoursOfDay(day: number, written: string): OpenSpan[] | null {
  const parts = written
    .split(/[,;]| and /)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
  const spans: OpenSpan[] = []
  for (const part of parts) {
    const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = span.exec(part) ?? []
    if (!fromHour || !toHour) return null
    const [from, to] = [
      `${fromHour.padStart(2, '0')}:${fromMinute}`,
      `${toHour.padStart(2, '0')}:${toMinute}`,
    ]
    const isTime = from < '24:00' && to <= '24:00' && fromMinute < '60' && toMinute < '60'
    if (!isTime || from >= to || from < (spans.at(-1)?.to ?? '')) return null
    spans.push({ day, from, to })
  }
  return spans
}

/** The hours of a day for its field: "09:00–12:30, 14:00–18:00". */
export function writtenHours(hours: readonly OpenSpan[], day: number): string {
  return hours
    .filter((open) => open.day === day)
    .map(({ from, to }) => `${from}–${to}`)
    .join(', ')
}

/** Days with the same hours, one after the other, together: Tuesday to Friday 10:00–18:00. */
export function groupedHours(hours: readonly OpenSpan[]): { first: number; last: number; written: string }[] {
  const groups: { first: number; last: number; written: string }[] = []
  for (const day of daysOfWeek) {
    const written = writtenHours(hours, day)
    const last = groups.at(-1)
    if (last?.written === written) last.last = day
    else groups.push({ first: day, last: day, written })
  }
  return groups.filter(({ written }) => written !== '')
}
