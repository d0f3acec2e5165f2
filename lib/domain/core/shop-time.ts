import { shopFormat } from './shop-format'

/** Kept: making one takes longer than using it. */
const kept = new Map<string, Intl.DateTimeFormat>()

function written(moment: string | Date, options: Intl.DateTimeFormatOptions, ownLocale?: string): string {
  const { locale, timeZone } = shopFormat()
  const key = `${ownLocale ?? locale} ${timeZone} ${JSON.stringify(options)}`
  let format = kept.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(ownLocale ?? locale, { ...options, timeZone })
    kept.set(key, format)
  }
  return format.format(new Date(moment))
}

/** A moment as a `datetime-local` field holds it, to the second, on the shop's clock: "2026-11-23T15:04:05". */
export function shopWallTime(moment: string): string {
  return written(moment, { dateStyle: 'short', timeStyle: 'medium' }, 'sv-SE').replace(' ', 'T')
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
  return written(moment, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })
}

/** The time of a moment that is less than a day away: "15:04". */
export function shopClock(moment: string | Date): string {
  return written(moment, { hour: '2-digit', minute: '2-digit' })
}

/** A moment for a table, with its year: "23 Nov 2026, 15:04". */
export function shopTimestamp(moment: string): string {
  return written(moment, { dateStyle: 'medium', timeStyle: 'short' })
}

/** The day of a moment, by the shop's calendar: "23 November 2026". */
export function shopDay(moment: string): string {
  return written(moment, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** The day of a moment, short, with its weekday: "Mon, 23 Nov". */
export function shopShortDay(moment: Date): string {
  return written(moment, { weekday: 'short', day: 'numeric', month: 'short' })
}

/** The weekday alone: "Mon". */
export function shopWeekday(moment: Date): string {
  return written(moment, { weekday: 'short' })
}

/** The day of its month: "23 Nov". */
export function shopDayOfMonth(moment: Date): string {
  return written(moment, { day: 'numeric', month: 'short' })
}
