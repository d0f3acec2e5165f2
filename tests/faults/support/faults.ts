import { setTimeout as sleep } from 'node:timers/promises'
import type { Scene } from './scene'

/** Something that goes wrong around a page. One record is one row of the matrix, for whichever page. */
export interface Fault {
  readonly name: string
  /** How long it lasts, in milliseconds, from when it has begun until its end begins. */
  readonly lastsMs: number
  /** Whether only time tells the page of it: never shortened then. */
  readonly isSilent?: boolean
  readonly page?: 'shop' | 'staff'
  /** The page is opened by the end of the fault; without it, before. */
  readonly opensLate?: boolean
  /** One unit each so many milliseconds while it lasts; 0 for one at its beginning and none after. */
  readonly sellsEveryMs?: number
  begin(scene: Scene): unknown
  end(scene: Scene): unknown
}

const minutes = 60_000
const over = () => undefined

/** What happens on the wire. */
export const onTheWire: readonly Fault[] = [
  {
    name: 'socket dropped',
    lastsMs: 0,
    begin: ({ world }) => world.now.dropSockets(),
    end: over,
  },
  {
    name: 'socket hanging silently',
    lastsMs: 8_000,
    isSilent: true,
    begin: ({ world }) => world.now.silence(true),
    end: ({ world }) => world.now.silence(false),
  },
  {
    name: 'the whole wire hanging silently',
    lastsMs: 8_000,
    isSilent: true,
    begin: ({ world }) => world.now.hang(),
    end: ({ world }) => world.now.mend(),
  },
  {
    name: 'network offline and back',
    lastsMs: 8_000,
    async begin({ world, browser }) {
      await world.now.cut()
      browser.network(false)
    },
    async end({ world, browser }) {
      await world.now.mend()
      browser.network(true)
    },
  },
  {
    name: 'frames lost',
    lastsMs: 8_000,
    isSilent: true,
    begin: ({ world }) => world.now.changeFrames({ lose: 1 }),
    end: ({ world }) => world.now.heal(),
  },
  {
    name: 'the last frame lost, and nothing after it',
    lastsMs: 8_000,
    isSilent: true,
    sellsEveryMs: 0,
    begin: ({ world }) => world.now.changeFrames({ lose: 1 }),
    end: ({ world }) => world.now.heal(),
  },
  {
    name: 'frames doubled',
    lastsMs: 4_000,
    begin: ({ world }) => world.now.changeFrames({ duplicate: 1 }),
    end: ({ world }) => world.now.heal(),
  },
  {
    name: 'frames delayed',
    lastsMs: 4_000,
    begin: ({ world }) => world.now.changeFrames({ delayMs: [1_500, 1_500] }),
    end: ({ world }) => world.now.heal(),
  },
  {
    name: 'frames reordered',
    lastsMs: 4_000,
    sellsEveryMs: 50,
    begin: ({ world }) => world.now.changeFrames({ delayMs: [0, 1_500], lose: 0.2, duplicate: 0.2 }),
    end: ({ world }) => world.now.heal(),
  },
]

/** What happens to the server. */
export const onTheServer: readonly Fault[] = [
  {
    name: 'nothing at all',
    lastsMs: 4_000,
    begin: over,
    end: over,
  },
  {
    name: 'Realtime restarted',
    lastsMs: 0,
    begin: ({ world }) => world.now.restartRealtime(6_000),
    end: over,
  },
  {
    name: 'Postgres restarted',
    lastsMs: 0,
    begin: ({ world }) => world.now.restartDatabase(3_000),
    end: over,
  },
  {
    name: 'publication dropped and restored',
    lastsMs: 8_000,
    isSilent: true,
    begin: ({ world }) => world.now.publish(false),
    end: ({ world }) => world.now.publish(true),
  },
  {
    name: 'a subscriber whose policy raises',
    lastsMs: 3_000,
    begin: ({ world }) => world.now.poison(true),
    end: ({ world }) => world.now.poison(false),
  },
  {
    name: 'a subscriber whose policy raises, and stops everybody’s changes as at Supabase',
    lastsMs: 8_000,
    isSilent: true,
    begin: ({ world }) => world.now.stallChanges(true),
    end: ({ world }) => world.now.stallChanges(false),
  },
  {
    name: 'the pace of Supabase’s own Realtime',
    lastsMs: 4_000,
    begin: ({ world }) => world.now.paceOfTheRealServer(true),
    end: ({ world }) => world.now.heal(),
  },
  {
    name: '200 changes a second',
    lastsMs: 6_000,
    sellsEveryMs: 5,
    begin: over,
    end: over,
  },
]

/** What happens to the page. */
export const onThePage: readonly Fault[] = [
  {
    name: 'tab hidden, and shown again',
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
      // Nobody tells the page: its connections are dead, but not closed, and of its clocks one stood still.
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
    lastsMs: 2_000,
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
