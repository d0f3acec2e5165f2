import type { Way } from '@/tests/faults/support/way'
import type { Fault } from './fault'

/** Faults of the comparisons, while no change reaches the page by message. */
export const onTheComparisons: readonly Fault[] = [
  withoutMessages('the shop’s comparisons hang', 'hangs'),
  withoutMessages('the shop answers comparisons with 503', '503'),
  withoutMessages('a cache on the way serves an old comparison', 'an old cache'),
  withoutMessages('a cache on the way keeps comparisons for a second', 'a cache'),
  withoutMessages('two servers compare, one seconds behind', 'two servers'),
]

function withoutMessages(name: string, way: Way): Fault {
  return {
    name,
    lastsMs: 9_000,
    isSilent: true,
    async begin({ world }) {
      await world.now.changeFrames({ lose: 1 })
      await world.now.comparisons(way)
    },
    end: ({ world }) => world.now.heal(),
  }
}
