import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Feed, type FeedEvent, next, timing, unwatched } from '@/lib/domain/live/feed'
import { freshnessOf, isFresh } from '@/lib/domain/live/freshness'
import { roundMs } from '@/lib/server/stock/shared-shelf'

const told: FeedEvent[] = ['watch', 'pause', 'flowing', 'compared', 'lost', 'offline', 'online', 'refused']

const happenings = fc.array(
  fc.record({
    event: fc.constantFrom(...told),
    afterMs: fc.nat(8_000),
    tookMs: fc.nat(6_000),
    chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  { maxLength: 60 },
)

/** Plays happenings to a feed as its driver would: a deadline that comes first is a timeout first. */
function play(
  steps: { event: FeedEvent; afterMs: number; tookMs: number; chance: number }[],
  see: (before: Feed, event: FeedEvent, after: Feed, now: number, asOf: number) => void,
  start: Feed = unwatched,
): Feed {
  let feed = start
  let now = 1_000_000
  const send = (event: FeedEvent, at: number, chance: number, tookMs = 0) => {
    now = Math.max(now, at)
    const asOf = now - tookMs
    const before = feed
    feed = next(feed, event, { now, chance, asOf })
    see(before, event, feed, now, asOf)
  }
  for (const { event, afterMs, tookMs, chance } of steps) {
    const at = now + afterMs
    while (feed.deadline !== null && feed.deadline <= at) send('timeout', feed.deadline, chance)
    send(event, at, chance, event === 'compared' ? tookMs : 0)
  }
  return feed
}

test('a page is never live without having caught up since it last had to doubt', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      let flowsSince = Number.POSITIVE_INFINITY
      let caughtUp = false
      play(steps, (before, event, after, now, asOf) => {
        if (after.name === 'catching-up' && event === 'flowing') flowsSince = now
        if (before.name === 'catching-up' && event === 'compared' && asOf >= flowsSince) caughtUp = true
        if (after.name !== 'live') caughtUp = false
        expect(after.name === 'live').toBe(caughtUp)
      })
    }),
  )
})

test('a page that cannot compare its data is marked within five seconds', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      let provedAt = 0
      play(steps, (_before, event, after, now, asOf) => {
        if (event === 'compared') provedAt = Math.max(provedAt, asOf)
        if (after.name === 'live') {
          expect(after.deadline).toBeLessThanOrEqual(provedAt + timing.believedMs)
        } else if (now - provedAt >= timing.believedMs) {
          expect(isFresh(freshnessOf(after), 0, now)).toBe(false)
        }
      })
    }),
  )
})

test('an age is never made younger than the last confirmation, and never in the future', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      play(steps, (before, event, after, now) => {
        expect(after.confirmedAt ?? 0).toBeGreaterThanOrEqual(before.confirmedAt ?? 0)
        expect(after.confirmedAt ?? 0).toBeLessThanOrEqual(now)
        if (after.confirmedAt !== before.confirmedAt) expect(event).toBe('compared')
      })
    }),
  )
})

test('a page in view never waits for ever', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      play(steps, (_before, _event, after, now) => {
        if (after.name === 'paused' || after.name === 'signed-out') expect(after.deadline).toBeNull()
        else if (after.name === 'live') expect(after.deadline).not.toBeNull()
        else expect(after.deadline).toBeGreaterThan(now)
      })
    }),
  )
})

test('a page in view whose Supabase is back is live again, whatever happened', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      let feed = play(steps, () => undefined)
      feed = next(feed, 'watch', { now: 2_000_000, chance: 0, asOf: 2_000_000 })
      const tries: Partial<Record<Feed['name'], FeedEvent>> = {
        connecting: 'flowing',
        'catching-up': 'compared',
        stale: 'timeout',
        offline: 'timeout',
      }
      for (let step = 0; step < 3 && feed.name !== 'live'; step += 1) {
        const event = tries[feed.name]
        if (event) feed = next(feed, event, { now: 2_000_000 + step, chance: 0, asOf: 2_000_000 + step })
      }

      expect(feed.name).toBe('live')
      expect(feed.failures).toBe(0)
    }),
  )
})

test('a lost comparison does not shake a live page', () => {
  expect(timing.compareMs * 2 + 1_000).toBeLessThanOrEqual(timing.believedMs)
  expect(timing.seekMs).toBeGreaterThan(roundMs)
  expect(timing.serverCompareMs).toBeLessThan(timing.believedMs)
})
