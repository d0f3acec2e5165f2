import { type ServerCpu, serverCpu } from './cpu'
import type { Stage } from './stage'

/** What one of many costs, in milliseconds: of the clock, and of the processors. */
export interface Cost extends ServerCpu {
  clock: number
}

/** What each of `size` visits costs that `work` makes. */
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
