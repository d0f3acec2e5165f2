import { z } from 'zod'
import { momentOfWallTime, shopWallTime } from '@/lib/domain/core/shop-time'

/** The periods the dashboard shows. */
export const ranges = ['hour', 'today', 'week', 'month'] as const
export const Range = z.enum(ranges)
export type Range = z.infer<typeof Range>

/** Orders placed in a period. Units are whole, money minor units. */
const Sales = z.object({
  orders: z.int(),
  units: z.int(),
  /** Units of it that were cancelled or returned since. */
  cancelled_or_returned: z.int(),
  /** The money that stayed. */
  revenue_minor: z.int(),
})
export type Sales = z.infer<typeof Sales>

const Bar = Sales.extend({ from: z.string() })
export type Bar = z.infer<typeof Bar>

/** A variant that is empty soon: units left, and units sold since a moment. */
export const RunningOut = z.object({
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  available: z.int(),
  sold: z.int(),
  since: z.string(),
})
export type RunningOut = z.infer<typeof RunningOut>

/** The shop in numbers, all of one moment. */
export const Dashboard = z.object({
  range: Range,
  version: z.int(),
  at: z.string(),
  currency: z.string(),
  bars: z.array(Bar).min(1),
  /** As much of the time before, up to the same hour. */
  before: Sales,
  /** Units placed in each of the last sixty minutes. */
  minutes: z.array(z.int()),
  /** Units of the whole shop, and what they are worth at today's prices. */
  stock: z.object({
    on_hand: z.int(),
    held: z.int(),
    committed: z.int(),
    on_hand_minor: z.int(),
    held_minor: z.int(),
  }),
  running_out: z.array(RunningOut),
  /** The longest waitlists. */
  waited_for: z.array(
    RunningOut.pick({ variant_id: true, title: true, option_values: true, sku: true }).extend({
      in_line: z.int(),
    }),
  ),
})
export type Dashboard = z.infer<typeof Dashboard>

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When each bar of a range begins, and when its last one ends: by the shop's clock and calendar, in milliseconds. */
export function edgesOf(range: Range, now: number): number[] {
  const today = shopWallTime(new Date(now).toISOString()).slice(0, 10)
  switch (range) {
    case 'hour': {
      const end = Math.floor(now / minute) * minute + minute
      return steps(end - hour, end, minute)
    }
    case 'today':
      return steps(midnight(today, 0), midnight(today, 1), hour)
    case 'week':
      return days(today, 7)
    case 'month':
      return days(today, 30)
  }
}

function days(today: string, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => midnight(today, index + 1 - count))
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step)
}

/** When the day begins that comes so many days after this one: "2026-11-23". */
function midnight(date: string, later: number): number {
  const shifted = new Date(Date.parse(`${date}T00:00:00Z`) + later * day).toISOString().slice(0, 10)
  return Date.parse(momentOfWallTime(`${shifted}T00:00:00`) ?? '')
}

/** All of a range together. */
export function totalOf(bars: readonly Sales[]): Sales {
  const total = { orders: 0, units: 0, cancelled_or_returned: 0, revenue_minor: 0 }
  for (const bar of bars) {
    total.orders += bar.orders
    total.units += bar.units
    total.cancelled_or_returned += bar.cancelled_or_returned
    total.revenue_minor += bar.revenue_minor
  }
  return total
}

/** Which part of what could have been sold was: units that stayed sold, of those and the ones still free to sell. */
export function sellThrough(
  { units, cancelled_or_returned }: Sales,
  { on_hand, committed }: Dashboard['stock'],
): number {
  const sold = units - cancelled_or_returned
  const all = sold + on_hand - committed
  return all > 0 ? sold / all : 0
}

/** Units a minute, over the last ten. */
export function unitsPerMinute(minutes: readonly number[]): number {
  return minutes.slice(-10).reduce((sum, units) => sum + units, 0) / 10
}
