import type { World } from '@/tests/faults/support/world'
import { type Fault, over } from './fault'

/** Faults of the server. */
export const onTheServer: readonly Fault[] = [
  {
    name: 'nothing at all',
    inBothWays: true,
    lastsMs: 4_000,
    begin: over,
    end: over,
  },
  {
    name: 'Realtime restarted',
    inBothWays: true,
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
    name: 'the shop changes how its pages follow the stock',
    inBothWays: true,
    lastsMs: 4_000,
    begin: ({ world }) => turn(world),
    end: ({ world }) => turn(world),
  },
  {
    name: '200 changes a second',
    inBothWays: true,
    lastsMs: 6_000,
    sellsEveryMs: 5,
    begin: over,
    end: over,
  },
]

async function turn({ now }: World): Promise<void> {
  await now.broadcastStock(!(await now.isStockBroadcast()))
}
