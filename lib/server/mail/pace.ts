import 'server-only'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** The share of its time from which a server counts as busy. */
const busyShare = 0.7
/** How long one task waits while a server is busy, in milliseconds: it is late in a rush, and never stopped by it. */
const longestWaitMs = 250

/** Makes tasks that nobody waits for give way to shoppers: the function it returns waits while this server is busy. */
export function pace(): () => Promise<void> {
  let before = performance.eventLoopUtilization()
  return async () => {
    const { utilization } = performance.eventLoopUtilization(before)
    if (utilization > busyShare) await sleep(longestWaitMs)
    before = performance.eventLoopUtilization()
  }
}
