import { loadavg } from 'node:os'
import { laneRows } from './crowd/lanes'
import { openSale } from './crowd/open-sale'
import { viewsPerSecond } from './crowd/page-views'
import { saleRows } from './crowd/sale-rows'
import { median } from './figures/quantile'
import { type Row, report } from './figures/report'
import { putOnSale } from './shopping/goods'
import { setStage } from './shopping/stage'

const rounds = 5
const roundMs = 3_000
/** `npm run bench -- crowd VIEWERS VIEWS_PER_SECOND BUYERS`. */
const [viewers = 1_000, views = 20, buyers = 20] = process.argv.slice(3).map(Number)
const few = 10
const busy = loadavg()[0]?.toFixed(1)

/** A crowd that looks at the shop: page views a second beside robots.txt, from the same server. */
export async function run(): Promise<void> {
  const stage = await setStage()
  try {
    const { path } = await putOnSale(stage.sql, 100)
    const pages = await pageRows(stage.shop, path)
    await stage.sql`update public.shop_settings set stock_broadcast = true`
    const size = { viewsPerSecond: views, buyers }
    const control = await openSale(stage, { ...size, viewers: few })
    const sale = await openSale(stage, { ...size, viewers })
    report('crowd', PURPOSE, [...pages, ...saleRows(sale, control), ...(await laneRows(viewers))])
  } finally {
    await stage.stop()
  }
}

const PURPOSE =
  `Page views a second of the production build on the embedded Supabase, 32 in flight over kept-alive connections: medians of ` +
  `${rounds} rounds of ${roundMs / 1000} s that take turns. The same product page is also measured at its private address, where it is rendered for ` +
  `each request. Before pages were shared (commit 25921c4, same machine, load above 8): a product page 0.06 of robots.txt, the ` +
  `catalogue 0.06. Then a sale by Broadcast of a product with ten variants of 100 units: viewers with the ` +
  `live client of a page and a socket each, ten stock changes, ${views} page views a second, and ${buyers} buyers; all processes share the ` +
  `machine. Statements and CPU are of 5 and 10 s in which nothing happens. Before comparisons were shared (viewers, below), 200 pages ` +
  `sent 0.91 statements a comparison, which is 607 a second for 1,000. Last, stock changes of one product with so many sockets and no ` +
  `page behind them. The machine's load was ${busy} before.`

async function pageRows(shop: string, product: string): Promise<Row[]> {
  const paths = { robots: '/robots.txt', product, catalogue: '/', rendered: `${product}/answer` }
  const rates = await takingTurns(shop, paths)
  const row = (what: string, rate: number, limit: string, of: number, target = ''): Row => ({
    what,
    measured: `${Math.round(rate)}/s`,
    limit: `${limit} ${Math.round(of)}/s`,
    ratio: (rate / of).toFixed(2),
    target,
  })
  return [
    row('a product page', rates.product, 'robots.txt', rates.robots, '0.5 or more'),
    row('the catalogue', rates.catalogue, 'robots.txt', rates.robots, '0.5 or more'),
    row('a product page, rendered for each request', rates.rendered, 'robots.txt', rates.robots),
    row('a product page', rates.product, 'rendered for each request', rates.rendered, '10 or more'),
  ]
}

/** The median rate of each address. They take turns, so that they share the machine's moods. */
async function takingTurns<Name extends string>(
  shop: string,
  paths: Record<Name, string>,
): Promise<Record<Name, number>> {
  const names = Object.keys(paths) as Name[]
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) figures.get(name)?.push(await viewsPerSecond(shop, paths[name], roundMs))
  }
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name) ?? [])])) as Record<
    Name,
    number
  >
}
