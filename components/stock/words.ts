import type { Freshness } from '@/lib/domain/live/freshness'
import type { Stock } from '@/lib/domain/stock/shelf'

/** The text of a stock for shoppers. */
export function stockWords({ band, left }: Stock): string {
  if (band === 'unlisted') return 'Not available'
  if (band === 'out') return 'Sold out'
  return left === null ? (band === 'low' ? 'Only a few left' : 'In stock') : `${left} left`
}

/** The text for a page that is not live: its state, and the age of its numbers. */
export function connectionWords(name: Freshness['name'], ageSeconds: number | null): string {
  const doing = {
    live: 'Live',
    connecting: 'Connecting to live stock',
    'catching-up': 'Catching up',
    stale: 'Reconnecting',
    offline: 'You are offline',
    'signed-out': 'You are signed out',
  }[name]
  return ageSeconds === null || name === 'signed-out'
    ? doing
    : `${doing}, last confirmed ${spoken(ageSeconds)} ago`
}

/** The link of a page whose session has ended. */
export const signInWord = 'Sign in'

function spoken(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  return `${Math.floor(seconds / 3_600)} h`
}

/** The texts of stock-words.tsx. */
export const stockWordsWords = {
  stockCannotBeConfirmed: 'Stock cannot be confirmed',
}

/** The texts of sold-out-mark.tsx. */
export const soldOutMarkWords = {
  soldOut: ', sold out',
}
