import { afterAll, expect, test } from 'vitest'
import { edgesOf, ranges } from '@/lib/domain/insight/dashboard'
import { record } from '@/tests/kernel/history/history'
import { planFrom } from '@/tests/kernel/history/intents'
import { aWorld } from '@/tests/kernel/history/world'
import { connect } from '@/tests/support/database'
import { sumsFromTheSources } from './support/dashboard-sums'

// Fifty looks in a build; `npm run test:dashboard` takes a thousand.
const samples = Number(process.env.DASHBOARD_SAMPLES ?? 50)
const connections = 10

const url = process.env.KERNEL_DATABASE_URL ?? ''
const sql = connect(6, url)
afterAll(() => sql.end())

test(`at every one of ${samples} moments of a busy day the dashboard equals the orders, the ledger and the claims`, {
  timeout: 900_000,
}, async () => {
  let taken = 0
  let isTrading = true
  const moments = new Set<string>()
  const trading = async () => {
    for (let seed = 1; taken < samples; seed += 1) {
      await record(url, sql, await aWorld(sql, connections), planFrom(seed, 60 * connections, connections))
    }
  }
  const looking = async () => {
    while (taken < samples && isTrading) {
      const range = ranges[taken % ranges.length] ?? 'today'
      await sql.begin('isolation level repeatable read read only', async (tx) => {
        const [now] = await tx`select private.clock() as at`
        const at = now?.at as Date
        const edges = edgesOf(range, at.getTime()).map((edge) => new Date(edge).toISOString())
        const [read] =
          await tx`select public.read_dashboard(${tx.array(edges)}::text[]::timestamptz[], ${at}) as dashboard`
        const { version: _, ...dashboard } = read?.dashboard ?? {}
        expect(dashboard).toEqual(await sumsFromTheSources(tx, dashboard, edges, at))
        moments.add(JSON.stringify(dashboard.bars))
      })
      taken += 1
    }
  }
  const trade = trading().finally(() => {
    isTrading = false
  })
  await Promise.all([trade, looking()])

  expect(taken).toBe(samples)
  expect(moments.size, 'the shop traded concurrently').toBeGreaterThan(samples / 10)
})
