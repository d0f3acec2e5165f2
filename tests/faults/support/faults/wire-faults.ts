import { type Fault, over } from './fault'

/** Faults of the wire. */
export const onTheWire: readonly Fault[] = [
  {
    name: 'socket dropped',
    inBothWays: true,
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
    inBothWays: true,
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
    inBothWays: true,
    lastsMs: 4_000,
    sellsEveryMs: 50,
    begin: ({ world }) => world.now.changeFrames({ delayMs: [0, 1_500], lose: 0.2, duplicate: 0.2 }),
    end: ({ world }) => world.now.heal(),
  },
]
