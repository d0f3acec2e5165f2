import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface AudienceSettings {
  shop: string
  supabaseUrl: string
  publishableKey: string
  productId: string
  viewers: number
  isStockBroadcast: boolean
}

/** Sent to a process of viewers, which answers with its report; with the address of a bare server after it hears that. */
export interface AudienceRequest {
  bareUrl?: string
}

export interface AudienceReport {
  /** Comparisons that were answered. */
  compared: number
  /** Viewers whose rows are confirmed now. */
  live: number
  /** Times a viewer was told that its number may be old. */
  stale: number
  /** Memory of all viewers. */
  bytes: number
  /** The different pages that viewers see: [variant, version, units left] of each row. */
  pages: string[]
  /** When the last viewer of the process had seen a version: `ROW VERSION` and a time of `sharedNow`. */
  lastAt: [string, number][]
}

/** A process has room for so many viewers. */
const mostOfAProcess = 2_500

/** Viewers of one product in processes of their own. */
export class Audience {
  private readonly processes: ChildProcess[]

  constructor(settings: AudienceSettings) {
    const { viewers } = settings
    const processes = Math.ceil(viewers / mostOfAProcess)
    this.processes = Array.from({ length: processes }, (_, n) => {
      const own = Math.floor((viewers + n) / processes)
      return fork(
        join(import.meta.dirname, 'audience-process.ts'),
        [JSON.stringify({ ...settings, viewers: own })],
        {
          execArgv: ['--import', 'tsx', '--max-old-space-size=4096'],
        },
      )
    })
  }

  async report(request: AudienceRequest = {}): Promise<AudienceReport> {
    const reports = await Promise.all(
      this.processes.map(async (each) => {
        each.send(request)
        return ((await once(each, 'message')) as [AudienceReport])[0]
      }),
    )
    const sum = (of: (report: AudienceReport) => number) =>
      reports.reduce((total, report) => total + of(report), 0)
    return {
      compared: sum(({ compared }) => compared),
      live: sum(({ live }) => live),
      stale: sum(({ stale }) => stale),
      bytes: sum(({ bytes }) => bytes),
      pages: [...new Set(reports.flatMap(({ pages }) => pages))],
      lastAt: lastOf(reports.map(({ lastAt }) => new Map(lastAt))),
    }
  }

  async leave(): Promise<void> {
    await Promise.all(
      this.processes.map(async (each) => {
        const ended = once(each, 'exit')
        each.disconnect()
        await ended
      }),
    )
  }
}

/** The versions that the last viewers of all processes have seen, and when. */
function lastOf(times: Map<string, number>[]): [string, number][] {
  const [first = new Map<string, number>(), ...others] = times
  return [...first].flatMap(([key, at]) => {
    const all = [at, ...others.map((other) => other.get(key) ?? Number.NaN)]
    return all.some(Number.isNaN) ? [] : [[key, Math.max(...all)] as [string, number]]
  })
}
