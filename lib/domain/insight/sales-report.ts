import { z } from 'zod'
import { Period } from '@/lib/domain/orders/period'

const Amounts = z.object({ amount_minor: z.int(), tax_minor: z.int() })

/** One period of a sales report. Amounts include tax, the delivery too. */
export const SalesLine = Amounts.extend({
  /** Its first day. */
  period: z.iso.date(),
  orders: z.int(),
  units: z.int(),
  delivery_minor: z.int(),
  taxes: z.array(Amounts.extend({ rate_bp: z.int() })),
})
export type SalesLine = z.infer<typeof SalesLine>

export const reportSteps = ['day', 'week', 'month'] as const

/** A report as its address asks for it. Unreadable values count as not set. */
export const ReportFilter = Period.extend({ step: z.enum(reportSteps).catch('day') })
export type ReportFilter = z.infer<typeof ReportFilter>

const longestMs = 366 * 24 * 60 * 60_000

/** The days of a report: without any, those of the current month; at most a year, whose last days count. */
export function daysOf({ from, to }: Pick<ReportFilter, 'from' | 'to'>, today: string) {
  const last = to || (from > today ? from : today)
  const first = from && from <= last ? from : `${last.slice(0, 8)}01`
  const earliest = new Date(Date.parse(last) - longestMs).toISOString().slice(0, 10)
  return { first: [first, earliest].toSorted()[1] as string, last }
}

/** The sums of a report: of all its periods, and for each tax rate, the highest first. */
export function sumsOf(lines: readonly SalesLine[]) {
  const sum = (list: readonly z.infer<typeof Amounts>[]) => ({
    amount_minor: list.reduce((all, { amount_minor }) => all + amount_minor, 0),
    tax_minor: list.reduce((all, { tax_minor }) => all + tax_minor, 0),
  })
  const byRate = Map.groupBy(
    lines.flatMap(({ taxes }) => taxes),
    ({ rate_bp }) => rate_bp,
  )
  return {
    ...sum(lines),
    orders: lines.reduce((all, { orders }) => all + orders, 0),
    units: lines.reduce((all, { units }) => all + units, 0),
    delivery_minor: lines.reduce((all, { delivery_minor }) => all + delivery_minor, 0),
    taxes: [...byRate]
      .map(([rate_bp, parts]) => ({ rate_bp, ...sum(parts) }))
      .sort((one, other) => other.rate_bp - one.rate_bp),
  }
}
