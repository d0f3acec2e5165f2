import { type Feed, type FeedName, timing } from './feed'

/**
 * The certainty that live rows come with.
 * - `live`: they equal the database.
 * - `connecting`: first contact; they are what the server rendered.
 * - `catching-up`: contact is made, missed changes are being fetched.
 * - `stale`: contact was lost and is being sought again, without end.
 * - `offline`: the browser has no network; it continues automatically when there is one.
 * - `signed-out`: the session of the signed-in person has ended.
 *
 * `confirmedAt`: when they last equalled the database, in milliseconds of the live clock; null when live, and when
 * nothing but the server render vouches for them.
 */
export interface Freshness {
  readonly name: Exclude<FeedName, 'paused'>
  readonly confirmedAt: number | null
}

export const live: Freshness = { name: 'live', confirmedAt: null }
export const connecting: Freshness = { name: 'connecting', confirmedAt: null }

/** A feed as a component may know it: between the tries after a loss it is stale all along. */
export function freshnessOf({ name, confirmedAt, failures }: Feed): Freshness {
  if (name === 'live') return live
  if (name === 'signed-out') return { name, confirmedAt }
  if (failures === 0 && (name === 'catching-up' || name === 'offline')) return { name, confirmedAt }
  return failures === 0 && confirmedAt === null ? connecting : { name: 'stale', confirmedAt }
}

const order: readonly Freshness['name'][] = [
  'live',
  'catching-up',
  'connecting',
  'stale',
  'offline',
  'signed-out',
]

/** Sorts by trust, the most first; of two alike the younger. Zero when they are the same. */
export function byTrust(one: Freshness, other: Freshness): number {
  return (
    order.indexOf(one.name) - order.indexOf(other.name) || (other.confirmedAt ?? -1) - (one.confirmedAt ?? -1)
  )
}

/**
 * Whether the shown rows are as good as live: they are live, or were until a moment ago. `since`, the time when the page
 * began to follow them, replaces a first confirmation that has not come yet.
 */
export function isFresh(freshness: Freshness, since: number, now: number): boolean {
  const { name, confirmedAt } = freshness
  return name === 'live' || (name !== 'signed-out' && now - (confirmedAt ?? since) < timing.believedMs)
}
