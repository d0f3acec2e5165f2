import { type ServerCpu, serverCpu } from './cpu'
import type { Stage } from './stage'

/** The cost of one of many, in milliseconds: of the clock, and of the processors. */
export interface Cost extends Pick<ServerCpu, 'api' | 'shop'> {
  clock: number
}

/** The cost of each of the `size` visits that `work` makes. */
export async function costOf({ pid }: Stage, size: number, work: () => Promise<unknown>): Promise<Cost> {
  const [before, started] = [serverCpu(pid), performance.now()]
  await work()
  const [clock, after] = [performance.now() - started, serverCpu(pid)]
  return {
    clock: clock / size,
    api: (after.api - before.api) / size,
    shop: (after.shop - before.shop) / size,
  }
}
