/**
 * How far what a page shows can be trusted, and what is being done about it. Pure: the clock and chance are passed
 * in; entering a state is what the driver (lib/client/live/transport/subscription.ts) acts on. Specified in docs/live.md.
 */
export type FeedName =
  /** Nobody looks: no channel. */
  | 'paused'
  /** A new channel is joining; changes do not flow yet. */
  | 'connecting'
  /** Changes flow; what was missed before they did is being fetched. */
  | 'catching-up'
  /** The shown rows equal the database. */
  | 'live'
  /** Contact is lost; the next try begins at the deadline. */
  | 'stale'
  /** The browser says it has no network. It says when that changes, and may be wrong: tried now and then. */
  | 'offline'
  /** The session of the signed-in person has ended. Nothing is requested until the page is shown again. */
  | 'signed-out'

export interface Feed {
  readonly name: FeedName
  /**
   * The last time at which the shown rows equalled the database, in clock milliseconds: the start of the fetch that
   * confirmed it. Null when only the server render confirms it.
   */
  readonly confirmedAt: number | null
  /** When waiting in this state ends with `timeout`; null when it may last. */
  readonly deadline: number | null
  /** Tries in a row that failed. */
  readonly failures: number
}

export type FeedEvent =
  /** The page is visible. */
  | 'watch'
  /** The rows are not shown any more, or the tab is hidden. */
  | 'pause'
  /** Changes flow on this channel from now on; whatever was before may have been missed. */
  | 'flowing'
  /** Everything shown was fetched, and applied. */
  | 'compared'
  /** The session was refused: nobody is signed in any more. */
  | 'refused'
  /** The channel or its socket failed. */
  | 'lost'
  /** The deadline has passed. */
  | 'timeout'
  | 'offline'
  | 'online'

/** The moment an event happens: clock milliseconds, and chance in [0, 1) to spread retries. */
export interface Moment {
  readonly now: number
  readonly chance: number
  /** When the fetch began that the event tells of; `now` for any other. */
  readonly asOf: number
}

export const timing = {
  /** Rows that were not compared with the database for this long may be old: five seconds, and time to show it. */
  believedMs: 4_500,
  /** The shown rows are compared with the database this often, live or not: Realtime promises no delivery. */
  compareMs: 1_500,
  /**
   * and this often while contact is lost and nothing answers: what was asked may wait on a connection that hangs; and at first,
   * where an answer that is shared by all pages may be from just before this one began.
   */
  seekMs: 700,
  /** The same where it is the shop's own server that must be asked, */
  serverCompareMs: 3_000,
  /** and where the database has been out of reach for long. */
  patientMs: 10_000,
} as const

/** How long, in milliseconds, these states last if nothing happens. */
const waits = {
  /** Until changes flow. A refused join is answered after 5 s. */
  connecting: 10_000,
  'catching-up': 4_000,
  offline: 5_000,
} as const

export const unwatched: Feed = { name: 'paused', confirmedAt: null, deadline: null, failures: 0 }

/** Tries after which a page becomes patient: half a minute of them. */
const eagerTries = 30

/** Milliseconds until the next try: eager at first, then patient; halved at most by chance. */
export function retryDelay(failures: number, chance: number): number {
  const longest = failures > eagerTries ? timing.patientMs : Math.min(1_200, 200 * 2 ** (failures - 1))
  return longest * (0.5 + chance / 2)
}

/**
 * Milliseconds until what is shown is to be compared again; null for not at all.
 *
 * @param isFromServer by the shop's own server.
 * @param isWaiting for the answer to a comparison: one that hangs is a reason to begin the next one sooner.
 */
export function compareIn(feed: Feed, isFromServer: boolean, isWaiting: boolean, now: number): number | null {
  const { name, failures, confirmedAt } = feed
  if (name === 'paused' || name === 'offline' || name === 'signed-out') return null
  const isEager = failures <= eagerTries
  // Where websockets are blocked, channels fail for ever and comparisons do not.
  const isInReach = confirmedAt !== null && now - confirmedAt < 2 * timing.patientMs
  if (!isEager && !isInReach) return timing.patientMs
  if (isFromServer) return timing.serverCompareMs
  const isFirst = name === 'catching-up' || (name === 'connecting' && failures === 0)
  return isFirst || (isWaiting && isEager && failures > 0) ? timing.seekMs : timing.compareMs
}

/** Whether a state begins with a comparison. A page just rendered has time to connect. */
export function comparesAtOnce({ name, failures, confirmedAt }: Feed): boolean {
  return name === 'catching-up' || (name === 'connecting' && (failures > 0 || confirmedAt !== null))
}

/** While there is a channel. */
const joined = {
  pause: 'paused',
  lost: 'stale',
  timeout: 'stale',
  offline: 'offline',
  refused: 'signed-out',
} as const

/** The next state for each event; any other event changes nothing. A comparison is handled separately. */
const table: Record<FeedName, Partial<Record<FeedEvent, Exclude<FeedName, 'live'>>>> = {
  paused: { watch: 'connecting' },
  'signed-out': { watch: 'connecting', pause: 'paused' },
  connecting: { ...joined, flowing: 'catching-up' },
  'catching-up': { ...joined, flowing: 'catching-up' },
  live: { ...joined, flowing: 'catching-up' },
  stale: {
    pause: 'paused',
    timeout: 'connecting',
    offline: 'offline',
    online: 'connecting',
    refused: 'signed-out',
  },
  offline: { pause: 'paused', timeout: 'connecting', online: 'connecting', refused: 'signed-out' },
}

/** The next feed after an event. An event without effect returns the same reference. */
export function next(feed: Feed, event: FeedEvent, { now, chance, asOf }: Moment): Feed {
  if (event === 'compared') return confirmed(feed, asOf)
  const name = table[feed.name][event]
  if (!name) return feed
  if (name === 'paused' || name === 'signed-out') return { ...feed, name, deadline: null, failures: 0 }
  const failures = name === 'offline' ? 0 : feed.failures + (name === 'stale' ? 1 : 0)
  const wait = name === 'stale' ? retryDelay(failures, chance) : waits[name]
  return { ...feed, name, deadline: now + wait, failures }
}

/** Only what was asked for after changes began to flow shows that nothing was missed. */
function confirmed(feed: Feed, asOf: number): Feed {
  const { name, deadline } = feed
  if (name === 'paused' || name === 'offline' || name === 'signed-out') return feed
  const confirmedAt = Math.max(feed.confirmedAt ?? asOf, asOf)
  const isCaughtUp = name === 'catching-up' && asOf + waits[name] >= (deadline ?? 0)
  if (name === 'live' || isCaughtUp) {
    return { name: 'live', confirmedAt, deadline: confirmedAt + timing.believedMs, failures: 0 }
  }
  return confirmedAt === feed.confirmedAt ? feed : { ...feed, confirmedAt }
}
