import { expect, test } from 'vitest'
import {
  compareIn,
  comparesAtOnce,
  type Feed,
  type FeedEvent,
  type FeedName,
  next,
  retryDelay,
  timing,
  unwatched,
} from '@/lib/domain/live/feed'

const moment = { now: 60_400, chance: 0.5, asOf: 60_300 }

const feeds: Record<FeedName, Feed> = {
  paused: unwatched,
  connecting: { name: 'connecting', confirmedAt: 50_000, deadline: 65_000, failures: 2 },
  'catching-up': { name: 'catching-up', confirmedAt: 50_000, deadline: 64_000, failures: 2 },
  live: { name: 'live', confirmedAt: 59_000, deadline: 63_500, failures: 0 },
  stale: { name: 'stale', confirmedAt: 50_000, deadline: 61_000, failures: 3 },
  offline: { name: 'offline', confirmedAt: 50_000, deadline: 64_000, failures: 0 },
  'signed-out': { name: 'signed-out', confirmedAt: 50_000, deadline: null, failures: 0 },
}

/** Where each event leads; 'same' is the same reference. The type lets no state and no event be forgotten. */
const table: Record<FeedName, Record<FeedEvent, FeedName | 'same'>> = {
  paused: {
    watch: 'connecting',
    pause: 'same',
    flowing: 'same',
    compared: 'same',
    lost: 'same',
    timeout: 'same',
    offline: 'same',
    online: 'same',
    refused: 'same',
  },
  connecting: {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    compared: 'connecting',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
    refused: 'signed-out',
  },
  'catching-up': {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    compared: 'live',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
    refused: 'signed-out',
  },
  live: {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    compared: 'live',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
    refused: 'signed-out',
  },
  stale: {
    watch: 'same',
    pause: 'paused',
    flowing: 'same',
    compared: 'stale',
    lost: 'same',
    timeout: 'connecting',
    offline: 'offline',
    online: 'connecting',
    refused: 'signed-out',
  },
  offline: {
    watch: 'same',
    pause: 'paused',
    flowing: 'same',
    compared: 'same',
    lost: 'same',
    timeout: 'connecting',
    offline: 'same',
    online: 'connecting',
    refused: 'signed-out',
  },
  'signed-out': {
    watch: 'connecting',
    pause: 'paused',
    flowing: 'same',
    compared: 'same',
    lost: 'same',
    timeout: 'same',
    offline: 'same',
    online: 'same',
    refused: 'same',
  },
}

const edges = Object.entries(table).flatMap(([from, row]) =>
  Object.entries(row).map(([event, to]) => ({ from: from as FeedName, event: event as FeedEvent, to })),
)

test.for(edges)('$from, when $event: $to', ({ from, event, to }) => {
  const before = feeds[from]

  const after = next(before, event, moment)

  if (to === 'same') expect(after).toBe(before)
  else expect(after).toMatchObject({ name: to })
})

test('only a fetch made after changes began to flow makes a page live', () => {
  const into = edges.filter(({ from, to }) => to === 'live' && from !== 'live')
  const flowing = next(feeds.connecting, 'flowing', moment)
  const before = next(flowing, 'compared', { ...moment, now: 60_900, asOf: 60_399 })
  const after = next(flowing, 'compared', { ...moment, now: 60_900, asOf: 60_400 })

  expect(into).toEqual([{ from: 'catching-up', event: 'compared', to: 'live' }])
  expect(before).toEqual({ ...flowing, confirmedAt: 60_399 })
  expect(after).toMatchObject({ name: 'live', confirmedAt: 60_400 })
})

test('a live page is believed for less than five seconds from when the last comparison began', () => {
  const live = next(feeds['catching-up'], 'compared', moment)
  const later = next(live, 'compared', { ...moment, now: 62_000, asOf: 61_400 })

  expect(live).toEqual({ name: 'live', confirmedAt: 60_300, deadline: 64_800, failures: 0 })
  expect(later).toEqual({ ...live, confirmedAt: 61_400, deadline: 65_900 })
})

test('an answer that comes late, after a newer one, makes nothing older', () => {
  const live = next(feeds.live, 'compared', { ...moment, asOf: 58_000 })

  expect(live).toEqual(feeds.live)
  expect(next(feeds.stale, 'compared', { ...moment, asOf: 49_000 })).toBe(feeds.stale)
})

test('losing contact keeps the age of what is shown', () => {
  const lost = next(feeds.live, 'lost', moment)

  expect(lost).toMatchObject({ name: 'stale', confirmedAt: 59_000, failures: 1 })
})

test('a comparison proves what is shown, not that changes flow', () => {
  expect(next(feeds.stale, 'compared', moment)).toEqual({ ...feeds.stale, confirmedAt: 60_300 })
})

test('shown data is compared all the time, but not in a hidden tab', () => {
  expect(compareIn(unwatched, false, false, 60_000)).toBeNull()
  expect(compareIn(feeds.offline, false, false, 60_000)).toBeNull()
  for (const name of ['connecting', 'catching-up', 'live', 'stale'] as const) {
    const isCatchingUp = name === 'catching-up'
    expect(compareIn(feeds[name], false, false, 60_000)).toBe(isCatchingUp ? timing.seekMs : timing.compareMs)
    expect(compareIn(feeds[name], true, false, 60_000)).toBe(timing.serverCompareMs)
  }
})

test('an answer from just before changes began to flow is followed by another comparison soon', () => {
  const flowing = next(feeds.connecting, 'flowing', moment)
  const early = next(flowing, 'compared', { ...moment, asOf: moment.now - 1 })

  expect(early.name).toBe('catching-up')
  expect(compareIn(early, false, false, moment.now)).toBe(timing.seekMs)
  expect(next(early, 'compared', { ...moment, asOf: moment.now }).name).toBe('live')
})

test('a page without the database for long asks patiently, one without messages goes on asking', () => {
  const deaf: Feed = { ...feeds.stale, failures: 31, confirmedAt: 59_000 }

  expect(compareIn(deaf, false, false, 60_000)).toBe(timing.compareMs)
  expect(compareIn(deaf, false, false, 80_000)).toBe(timing.patientMs)
  expect(compareIn({ ...deaf, confirmedAt: null }, false, false, 60_000)).toBe(timing.patientMs)
})

test('a hanging request is sent again sooner while contact is lost, and not for long', () => {
  const whileItHangs = (feed: Feed) => compareIn(feed, false, true, 60_000)

  expect(whileItHangs({ ...feeds.stale, failures: 1 })).toBe(timing.seekMs)
  expect(whileItHangs({ ...feeds.connecting, failures: 30 })).toBe(timing.seekMs)
  expect(whileItHangs({ ...feeds.connecting, failures: 31 })).toBe(timing.compareMs)
  expect(whileItHangs({ ...feeds.connecting, failures: 0 })).toBe(timing.seekMs)
  expect(whileItHangs(feeds.live)).toBe(timing.compareMs)
})

test('a returning page compares at once, and a page just rendered has time to connect', () => {
  const first: Feed = { ...unwatched, name: 'connecting', deadline: 70_000 }

  expect(comparesAtOnce(first)).toBe(false)
  expect(comparesAtOnce({ ...first, confirmedAt: 50_000 })).toBe(true)
  expect(comparesAtOnce({ ...first, failures: 1 })).toBe(true)
  expect(comparesAtOnce(feeds['catching-up'])).toBe(true)
  expect(comparesAtOnce(feeds.stale)).toBe(false)
  expect(comparesAtOnce(feeds.live)).toBe(false)
})

test('tries come quickly at first, and patiently when the shop is gone for long', () => {
  const delays = [1, 2, 3, 4, 30, 31, 500].map((failures) => retryDelay(failures, 1))

  expect(delays).toEqual([200, 400, 800, 1_200, 1_200, 10_000, 10_000])
})

test('a thousand shoppers do not come back in the same moment', () => {
  expect(retryDelay(4, 0)).toBe(600)
  expect(retryDelay(4, 0.999)).toBeCloseTo(1_200, -1)
})
