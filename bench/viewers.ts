import { loadavg } from 'node:os'
import { viewerRows } from './crowd/viewers'
import { report } from './figures/report'
import { putOnSale } from './shopping/goods'
import { setStage } from './shopping/stage'

const busy = loadavg()[0]?.toFixed(1)

/** Open product pages on which nothing happens. */
export async function run(): Promise<void> {
  const stage = await setStage()
  try {
    const { productId } = await putOnSale(stage.sql, 100)
    report('viewers', PURPOSE, await viewerRows(stage, productId))
  } finally {
    await stage.stop()
  }
}

const PURPOSE =
  `Open pages of one product on which nothing happens, on the production build and the embedded Supabase: subscriptions of the ` +
  `live layer in Node, which compare themselves every 1.5 s over 128 connections, without the browser's ETag and without sockets. A ` +
  `control run has each of them read the table, as all did before (decision 0042). CPU is of the shop, the Data API and ` +
  `PostgreSQL together, of two cores that the viewers share. The machine's load was ${busy} before.`
