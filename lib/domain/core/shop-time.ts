import { shop } from './shop'

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: shop.timeZone,
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
})

const wallParts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: shop.timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** A moment as a `datetime-local` field holds it, to the second, on the shop's clock: "2026-11-23T15:04:05". */
export function shopWallTime(moment: string): string {
  return wallParts.format(new Date(moment)).replace(' ', 'T')
}

/** The moment at which the shop's clock shows this, as such a field says it; null when that is no time. */
export function momentOfWallTime(wall: string): string | null {
  const asIfUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asIfUtc)) return null
  const ahead = (instant: number) => Date.parse(`${shopWallTime(new Date(instant).toISOString())}Z`) - instant
  const guess = asIfUtc - ahead(asIfUtc)
  return new Date(asIfUtc - ahead(guess)).toISOString()
}

/** A moment as the shop's own clock on the wall shows it: "23 November at 15:04". The same on server and browser. */
export function shopTime(moment: string): string {
  return format.format(new Date(moment))
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: shop.timeZone,
  hour: '2-digit',
  minute: '2-digit',
})

/** The time of a moment that is less than a day away: "15:04". */
export function shopClock(moment: string): string {
  return clock.format(new Date(moment))
}

const stamp = new Intl.DateTimeFormat('en-GB', {
  timeZone: shop.timeZone,
  dateStyle: 'medium',
  timeStyle: 'short',
})

/** A moment for a table, with its year: "23 Nov 2026, 15:04". */
export function shopTimestamp(moment: string): string {
  return stamp.format(new Date(moment))
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
