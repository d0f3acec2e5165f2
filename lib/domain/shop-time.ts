import { shop } from '@/lib/domain/shop'

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: shop.timeZone,
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
})

/** A moment as the shop's own clock on the wall shows it: "23 November at 15:04". The same on server and browser. */
export function shopTime(moment: string): string {
  return format.format(new Date(moment))
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: shop.timeZone,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** The day of a moment, by the shop's calendar: "23 November 2026". */
export function shopDay(moment: string): string {
  return day.format(new Date(moment))
}
