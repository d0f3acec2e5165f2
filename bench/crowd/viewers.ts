import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEYS } from 'embedded-supabase/keys'
import type { Row } from '@/bench/figures/report'
import { serverCpu } from '@/bench/shopping/cpu'
import type { Stage } from '@/bench/shopping/stage'
import { countStatements } from '@/bench/shopping/statements'
import { timing } from '@/lib/domain/live/feed'

/** Until all viewers are live and the servers have warmed up; then how long processor time, and statements, are counted. */
const settleMs = 8_000
/** Between two viewers, as in viewer-process.ts. */
const arrivalMs = 2
/** Comparisons a second of 1,000 open pages. */
const ofAThousand = 1_000 / (timing.compareMs / 1_000)
const watchMs = 10_000
const countMs = 5_000

interface Figures {
  /** Viewers in sight whose rows are confirmed, at the end. */
  live: number
  comparisons: number
  statements: number
  /** Processor milliseconds of the shop, the Data API and PostgreSQL. */
  cpuMs: number
  /** Times a viewer was told that its number may be old, though nothing was wrong. */
  stale: number
}

/** Open pages on which nothing happens: what they cost, and what they cost when each read the table. */
export async function viewerRows(stage: Stage, productId: string): Promise<Row[]> {
  const before = await watch(stage, productId, 200, 'table')
  const few = await watch(stage, productId, 10, 'shared')
  const many = await watch(stage, productId, 1_000, 'shared')
  const crowd = await watch(stage, productId, 10_000, 'shared')
  const perThousand = ({ cpuMs, comparisons }: Figures) => (cpuMs / comparisons) * ofAThousand
  const row = (viewers: number, figures: Figures): Row => ({
    what: `${viewers.toLocaleString('en')} open pages, ${figures.live.toLocaleString('en')} of them live: statements of the shelf`,
    measured: `${perSecond(figures.statements)}/s`,
    limit: `${perSecond(figures.comparisons)} comparisons/s`,
    ratio: (figures.statements / figures.comparisons).toFixed(4),
    target: 'at most 3/s',
  })
  const cpu = (viewers: number, figures: Figures): Row => ({
    what: `CPU for 1,000 open pages (667 comparisons/s), by that of a comparison with ${viewers.toLocaleString('en')}`,
    measured: `${perThousand(figures).toFixed(0)} ms/s`,
    limit: `each page reads the table, measured with 200: ${perThousand(before).toFixed(0)} ms/s`,
    ratio: (perThousand(figures) / perThousand(before)).toFixed(3),
    target: 'at most 0.1',
  })
  return [
    {
      ...row(200, before),
      what: `200 open pages that each read the table, ${before.live} of them live`,
      target: '',
    },
    row(10, few),
    row(1_000, many),
    row(10_000, crowd),
    cpu(1_000, many),
    cpu(10_000, crowd),
    {
      what: 'false "stale" notices: 10, 1,000 and 10,000 open pages',
      measured: `${few.stale}, ${many.stale}, ${crowd.stale}`,
      limit: '',
      ratio: '',
      target: '0',
    },
  ]
}

const perSecond = (count: number) => (count / (watchMs / 1_000)).toFixed(1)

async function watch(stage: Stage, productId: string, viewers: number, way: string): Promise<Figures> {
  const child = fork(
    join(import.meta.dirname, 'viewer-process.ts'),
    [stage.shop, stage.supabaseUrl, KEYS.publishable, productId, String(viewers), way],
    { execArgv: ['--import', 'tsx'] },
  )
  try {
    await sleep(settleMs + viewers * arrivalMs)
    const [seen, cpu] = [await ask(child), serverCpu(stage.pid)]
    await sleep(watchMs)
    const [now, used] = [await ask(child), serverCpu(stage.pid)]
    const [statements = 0] = await countStatements(stage, [() => sleep(countMs)], /shelf/)
    return {
      live: now.live,
      comparisons: now.compared - seen.compared,
      statements: statements * (watchMs / countMs),
      cpuMs: used.api + used.shop + used.database - cpu.api - cpu.shop - cpu.database,
      stale: now.stale,
    }
  } finally {
    child.disconnect()
    await once(child, 'exit')
  }
}

async function ask(child: ChildProcess): Promise<{ compared: number; stale: number; live: number }> {
  child.send('report')
  const [answer] = await once(child, 'message')
  return answer as { compared: number; stale: number; live: number }
}
