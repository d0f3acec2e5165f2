import { setTimeout as sleep } from 'node:timers/promises'
import { Browser } from '@/bench/shopping/browser'
import type { Stage } from './stage'
import type { Timing } from './timings'

/** Nobody waits longer for a page, whatever happens behind it. */
const LONGEST_MS = 5000
/** So long after the end of an outage everything must be as before. */
const RECOVERY_MS = 2000

export const outages = {
  hanging: ['hang'],
  refusing: ['refuse'],
  restarting: ['refuse', 'pass', 'refuse'],
} as const

/** Visitors' experience while the API fails, and the time after its end until every page is itself again. */
export async function during(
  stage: Stage,
  steps: readonly ('hang' | 'refuse' | 'pass')[],
  paths: string[],
  forMs: number,
) {
  const timings: Timing[] = []
  const asked: Promise<void>[] = []
  for (const step of steps) {
    // Only what outlasts the patience of a page shows whether it has any.
    await stage.turn(step)
    const until = performance.now() + (step === 'hang' ? forMs : forMs / 2 / steps.length)
    while (performance.now() < until) {
      for (const path of paths)
        asked.push(look(stage.shop, path, step !== 'pass').then((timing) => void timings.push(timing)))
      await sleep(500)
    }
  }
  await stage.turn('pass')
  const over = performance.now()
  let recoveredMs = Number.POSITIVE_INFINITY
  while (recoveredMs === Number.POSITIVE_INFINITY && performance.now() - over < 30_000) {
    const begun = performance.now()
    const pages = await Promise.all(paths.map((path) => look(stage.shop, path, false)))
    if (pages.every(({ wrong }) => wrong === null)) recoveredMs = Math.round(begun - over)
    else await sleep(100)
  }
  await Promise.all(asked)
  const faults =
    recoveredMs <= RECOVERY_MS ? [] : [`everything is as before only ${recoveredMs} ms after the end`]
  return { timings, recoveredMs, faults }
}

/** A page in time, or 503 that says when to come again. */
async function look(shop: string, path: string, isOut: boolean): Promise<Timing> {
  const begun = performance.now()
  const browser = new Browser(shop, { 'x-forwarded-for': `172.16.0.${Math.floor(Math.random() * 250)}` })
  const { status } = await Promise.race([
    browser.get(path).catch(() => ({ status: 0 })),
    sleep(20_000).then(() => ({ status: -1 })),
  ])
  const ms = performance.now() - begun
  const isWell = status === 200 || (isOut && status === 503)
  return {
    step: path.replace(/rush-\w+/, '…'),
    ms,
    status,
    wrong: !isWell ? `answered ${status}` : ms > LONGEST_MS ? `took longer than ${LONGEST_MS} ms` : null,
  }
}
