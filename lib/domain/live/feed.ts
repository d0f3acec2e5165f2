/**
 * How far what a page shows can be trusted, and what is being done about it. Pure: the clock and chance are passed
 * in; entering a state is what the driver (lib/client/live/subscription.ts) acts on. Specified in docs/live.md.
 */
export type FeedName =
  /** Nobody looks: no channel. */
  | 'paused'
  /** A new channel is joining; changes do not flow yet. */
  | 'connecting'
  /** Changes flow; what was missed before they did is being fetched. */
  | 'catching-up'
  /** What is shown equals the database. */
  | 'live'
  /** Contact is lost; the next try begins at the deadline. */
  | 'stale'
  /** The browser says it has no network. It says when that changes, and may be wrong: tried now and then. */
  | 'offline'

export interface Feed {
  readonly name: FeedName
  /**
   * When what is shown last equalled the database for sure, in clock milliseconds: when the fetch that says so began.
   * Null when only the server says so.
   */
  readonly confirmedAt: number | null
  /** When waiting in this state ends with `timeout`; null when it may last. */
  readonly deadline: number | null
  /** Tries in a row that failed. */
  readonly failures: number
}

export type FeedEvent =
  /** Somebody looks. */
  | 'watch'
  /** Nobody looks any more, or the tab is hidden. */
  | 'pause'
  /** The server says that changes flow on this channel. */
  | 'flowing'
  /** Something may have been missed: a message that cannot be applied, a deleted row. */
  | 'doubt'
  /** Everything shown was fetched after changes began to flow, and applied. */
  | 'caught-up'
  /** Everything shown was fetched, and applied. */
  | 'compared'
  /** The channel, its socket or a fetch failed. */
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
  /** Joining, until changes flow. A refused join is answered after 5 s. */
  joinMs: 10_000,
  catchUpMs: 4_000,
  /** What was not compared with the database for this long may be another by now: five seconds, and time to say so. */
  believedMs: 4_500,
  offlineMs: 5_000,
  /** What is shown is compared with the database this often, live or not: Realtime promises no delivery. */
  compareMs: 1_500,
  /** and this often while contact is lost and nothing answers: what was asked may wait on a connection that hangs. */
  seekMs: 700,
  /** The same where it is the shop's own server that must be asked, */
  askMs: 3_000,
  /** and where the database has been out of reach for long. */
  patientMs: 10_000,
} as const

export const unwatched: Feed = { name: 'paused', confirmedAt: null, deadline: null, failures: 0 }

/** Tries after which a page becomes patient: half a minute of them. */
const eagerTries = 30

/** Milliseconds until the next try: eager at first, then patient; halved at most by chance. */
export function retryDelay(failures: number, chance: number): number {
  const longest = failures > eagerTries ? timing.patientMs : Math.min(1_200, 200 * 2 ** (failures - 1))
  return longest * (0.5 + chance / 2)
}

/** How often, in milliseconds, what is shown is to be compared in this state; null for not at all. */
export function compareEvery(feed: Feed, isAsked: boolean, now: number): number | null {
  const { name, failures, confirmedAt } = feed
  if (name === 'paused' || name === 'offline') return null
  // Where websockets are blocked, channels fail for ever and comparisons do not.
  const isInReach = confirmedAt !== null && now - confirmedAt < 2 * timing.patientMs
  if (failures > eagerTries && !isInReach) return timing.patientMs
  return isAsked ? timing.askMs : timing.compareMs
}

/** Whether a comparison that is not answered yet is a reason to begin the next one sooner. */
export function isSeeking({ name, failures }: Feed): boolean {
  return name !== 'live' && failures > 0 && failures <= eagerTries
}

/** Whether what is shown is to be compared at once: contact was lost, or nobody looked for a while. */
export function mayHaveMissed({ name, failures, confirmedAt }: Feed): boolean {
  return name === 'stale' || (name === 'connecting' && (failures > 0 || confirmedAt !== null))
}

type Step = (feed: Feed, moment: Moment) => Feed

const stay: Step = (feed) => feed
const pause: Step = (feed) => ({ ...feed, name: 'paused', deadline: null, failures: 0 })
const connect: Step = (feed, { now }) => ({ ...feed, name: 'connecting', deadline: now + timing.joinMs })
const goOffline: Step = (feed, { now }) => ({
  ...feed,
  name: 'offline',
  deadline: now + timing.offlineMs,
  failures: 0,
})
const catchUp: Step = (feed, { now }) => ({ ...feed, name: 'catching-up', deadline: now + timing.catchUpMs })
const confirm: Step = (feed, { asOf }) =>
  asOf > (feed.confirmedAt ?? -1) ? { ...feed, confirmedAt: asOf } : feed
const goLive: Step = ({ confirmedAt }, { asOf }) => {
  const latest = Math.max(confirmedAt ?? asOf, asOf)
  return { name: 'live', confirmedAt: latest, deadline: latest + timing.believedMs, failures: 0 }
}
const retry: Step = (feed, { now, chance }) => {
  const failures = feed.failures + 1
  return { ...feed, name: 'stale', deadline: now + retryDelay(failures, chance), failures }
}

/** What an event does in most states: nothing, */
const resting: Record<FeedEvent, Step> = {
  watch: stay,
  pause: stay,
  flowing: stay,
  doubt: stay,
  'caught-up': stay,
  compared: stay,
  lost: stay,
  timeout: stay,
  offline: stay,
  online: stay,
}
/** and while there is a channel. */
const joined = { ...resting, pause, compared: confirm, lost: retry, timeout: retry, offline: goOffline }

const steps: Record<FeedName, Record<FeedEvent, Step>> = {
  paused: { ...resting, watch: connect },
  connecting: { ...joined, flowing: catchUp },
  'catching-up': { ...joined, flowing: catchUp, doubt: catchUp, 'caught-up': goLive },
  live: { ...joined, flowing: catchUp, doubt: catchUp, compared: goLive },
  stale: { ...resting, pause, compared: confirm, timeout: connect, offline: goOffline, online: connect },
  offline: { ...resting, pause, timeout: connect, online: connect },
}

/** What an event makes of a feed. What changes nothing returns the same reference. */
export function next(feed: Feed, event: FeedEvent, moment: Moment): Feed {
  return steps[feed.name][event](feed, moment)
}
