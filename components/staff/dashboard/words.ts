import { shopClock, shopDayOfMonth, shopShortDay, shopWeekday } from '@/lib/domain/core/shop-time'
import type { Range } from '@/lib/domain/insight/dashboard'
import { plural } from '@/lib/domain/text/plural'

/** A range as its tab says it, what its bars are, and what it is compared with. */
export const rangeWords: Record<Range, { label: string; bar: string; before: string }> = {
  hour: { label: 'Last hour', bar: 'minute', before: 'the previous hour' },
  today: { label: 'Today', bar: 'hour', before: 'yesterday at this time' },
  week: { label: '7 days', bar: 'day', before: 'the previous 7 days' },
  month: { label: '30 days', bar: 'day', before: 'the previous 30 days' },
}

/** When a bar begins, by the shop's clock: for a caption, and as short as an axis wants it. */
export function barWords(range: Range, from: string): { caption: string; tick: string } {
  const moment = new Date(from)
  if (range === 'week' || range === 'month') {
    return {
      caption: shopShortDay(moment),
      tick: (range === 'week' ? shopWeekday : shopDayOfMonth)(moment),
    }
  }
  const time = shopClock(moment)
  return { caption: range === 'today' ? `${time} to ${nextHour(moment)}` : time, tick: time }
}

function nextHour(moment: Date): string {
  return shopClock(new Date(moment.getTime() + 3_600_000))
}

/** Short enough for an axis: "€1.2K". */
export function shortMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  })
  return format.format(minor / 100)
}

/** How one number compares with another: "12 % more than yesterday by this time". Nothing can be said of nothing. */
export function changeWords(now: number, before: number, than: string): string {
  if (before === 0) return now === 0 ? `same as ${than}` : `none ${than}`
  const change = now / before - 1
  if (Math.abs(change) < 0.005) return `same as ${than}`
  return `${percent.format(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than ${than}`
}

/** The texts of waited-for-list.tsx. */
export const waitedForListWords = {
  allEmpty: 'All waitlists are empty.',
  people: (count: number) => plural(count, 'person', 'people'),
}

export const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })
export const whole = new Intl.NumberFormat('en')
export const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** A time in hours, rounded to what matters: "40 min", "5 h", "3 days". */
export function spanWords(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`
  if (hours < 48) return `${Math.round(hours)} h`
  return `${Math.round(hours / 24)} days`
}

/** A place in a drawing, to a tenth: the last digits differ between the server's and a browser's arithmetic. */
export function place(coordinate: number | undefined): number {
  return Math.round((coordinate ?? 0) * 10) / 10
}

/** The texts of headline.tsx. */
export const headlineWords = {
  moreCancelledOrReturned: (count: string | number) => `${count} more cancelled or returned`,
  unitsSoldInEachOf: (inAnHour: string | number, most: string | number) =>
    `Units sold in each of the last sixty minutes: ${inAnHour} in all, at most ${most} in one`,
  inTheLastHour: 'in the last hour',
  sold: 'sold,',
  left: 'left',
  heldInCartsWorth: 'held in carts, worth',
  unitsOnHand: 'units on hand,',
  committedAtCurrentPrices: 'committed, at current prices',
}

/** The texts of live-dashboard.tsx. */
export const liveDashboardWords = {
  fromOrders: (revenue: string | number, count: string | number) => `${revenue} from ${count} orders`,
  revenue: 'Revenue',
  runningOut: 'Running out',
  waitlists: 'Waitlists',
}

/** The texts of range-tabs.tsx. */
export const rangeTabsWords = {
  timeRange: 'Time range',
}

/** The texts of running-out-list.tsx. */
export const runningOutListWords = {
  atTheCurrentRateNo: 'At the current rate, no product runs out within two weeks.',
  productsThatRunOutFirst: 'Products that run out first at the current rate, with the 80 % likely range',
  variant: 'Variant',
  available: 'Available',
  perHour: 'Per hour',
  daysLeft: 'Days left',
  left: 'left',
}

/** The texts of sales-chart.tsx. */
export const salesChartWords = {
  revenueBy: 'Revenue by',
  selectA: (bar: string | number) => `Select a ${bar}`,
  viewAsTable: 'View as table',
  noOrdersYet: 'No orders yet.',
  salesBy: 'Sales by',
  withoutOrdersIsNotShown: 'without orders is not shown',
  orders: 'Orders',
  units: 'Units',
  cancelledOrReturned: 'Cancelled or returned',
  revenue: 'Revenue',
}
