import { vi } from 'vitest'
import type { Contender } from '@/tests/faults/support/faults/contender'
import type { Fault } from '@/tests/faults/support/faults/fault'
import { type HandOver, handOver } from '@/tests/faults/support/hand-over'
import { tryOut } from '@/tests/faults/support/trial'
import type { Verdict } from '@/tests/faults/support/verdict'
import type { World } from '@/tests/faults/support/world'
import type { Rush } from './crowd'

/** All that one contender did. */
export interface Score {
  readonly name: string
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly handOver: HandOver
  readonly rush: Rush
  /** From COMMIT to text of single sales, in milliseconds. */
  readonly latenciesMs: readonly number[]
}

/** Puts a contender through everything the other goes through. */
export async function measure(
  world: World,
  contender: Contender,
  { faults, loads, rush }: { faults: readonly Fault[]; loads: number; rush: (world: World) => Promise<Rush> },
): Promise<Omit<Score, 'latenciesMs'>> {
  const verdicts = new Map<string, Verdict>()
  for (const fault of faults) {
    const { verdict, close } = await tryOut(world, contender, fault, 'full')
    close()
    vi.restoreAllMocks()
    verdicts.set(fault.name, verdict)
    console.log(`${contender.name}: ${fault.name}`)
  }
  const sold = await rush(world)
  await world.now.paceOfTheRealServer(true)
  const overtaken = await handOver(world, contender, { loads, atOnce: 20, oldestMs: 0 })
  await world.now.heal()
  return { name: contender.name, verdicts, handOver: overtaken, rush: sold }
}
