import { setTimeout as sleep } from 'node:timers/promises'
import { oldestMs } from '@/lib/domain/pages/page-life'
import { type Fault, over } from './fault'

const minutes = 60_000

/** Faults of the page. */
export const onThePage: readonly Fault[] = [
  {
    name: 'tab hidden, and shown again',
    inBothWays: true,
    lastsMs: 6_000,
    begin: ({ browser }) => browser.show(false),
    end: ({ browser }) => browser.show(true),
  },
  {
    name: 'tab frozen 10 minutes',
    lastsMs: 0,
    begin({ world, browser }) {
      browser.show(false)
      // Realtime ends a socket that said nothing for a minute.
      void world.later(500).dropSockets()
      browser.freeze(1_500, 10 * minutes)
    },
    end: ({ browser }) => browser.show(true),
  },
  {
    name: 'tab frozen 10 minutes in full view',
    lastsMs: 0,
    begin({ world, browser }) {
      void world.later(500).dropSockets()
      browser.freeze(1_500, 10 * minutes)
    },
    end: over,
  },
  {
    name: 'laptop asleep',
    lastsMs: 0,
    async begin({ world, browser }) {
      // The page gets no event: its connections are dead, but not closed, and one of its clocks stopped.
      await world.now.hang()
      void world.later(1_000).mend()
      browser.freeze(1_500, 60 * minutes, 'wall')
    },
    end: over,
  },
  {
    name: 'token expired and refreshed while away',
    lastsMs: 0,
    page: 'staff',
    begin({ world, browser }) {
      browser.show(false)
      void world.later(200).expireTokens(70 * 60)
      browser.freeze(1_500, 70 * minutes)
    },
    end: ({ browser }) => browser.show(true),
  },
  {
    name: 'token expired in full view',
    lastsMs: 0,
    page: 'staff',
    begin({ world, browser }) {
      void world.later(200).expireTokens(70 * 60)
      browser.freeze(1_500, 70 * minutes)
    },
    end: over,
  },
  {
    name: 'bfcache restore',
    lastsMs: 0,
    async begin({ world, browser }) {
      browser.cache()
      void world.later(300).cut()
      void world.later(1_000).mend()
      await sleep(200)
      browser.freeze(1_500, 5 * minutes)
    },
    end: ({ browser }) => browser.restore(),
  },
  {
    name: 'stale cached HTML',
    inBothWays: true,
    // As old as a cache may send a page.
    lastsMs: oldestMs,
    isSilent: true,
    opensLate: true,
    begin: over,
    end: (scene) => scene.open(),
  },
  {
    name: 'wrong client clock',
    lastsMs: 6_000,
    async begin({ browser }) {
      browser.setWallClockWrong(-26 * 60 * minutes)
      await sleep(500)
      browser.setWallClockWrong(400 * 24 * 60 * minutes)
    },
    end: ({ browser }) => browser.setWallClockWrong(0),
  },
  slowPhone(),
]

function slowPhone(): Fault {
  let quick: () => void = () => undefined
  return {
    name: 'slow phone CPU',
    lastsMs: 6_000,
    sellsEveryMs: 50,
    begin({ browser }) {
      quick = browser.slow()
    },
    end: () => quick(),
  }
}
