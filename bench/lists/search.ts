import postgres, { type Sql } from 'postgres'
import { testSupabase } from '@/commands/stack/test-stack'
import { quantile } from '../figures/quantile'
import { report } from '../figures/report'
import { fillCatalogue } from '../grid/fill'
import { addCatalogues } from '../search/catalogues'
import { engines } from '../search/engines'
import { qualityOf } from '../search/evaluate'
import { labelled } from '../search/labels'

/** Of the catalogue in which searches are timed. */
const variants = Number(process.env.SEARCH_VARIANTS ?? 100_000)

/** How well and how fast shoppers' searches are answered, beside a substring search and plain full-text search. */
export async function run(): Promise<void> {
  const supabase = await testSupabase()
  const sql = postgres(supabase.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined })
  try {
    if (!(await addCatalogues(sql))) console.log('Without the real catalogues: only the seed is searched.')
    const [ours, substring, fullText] = await Promise.all(
      [engines.ours, engines.substring, engines.fullText].map((engine) => qualityOf(engine, sql, labelled)),
    )
    if (!ours || !substring || !fullText) return
    for (const { search, ndcg, found } of ours.worst)
      console.log(`${ndcg.toFixed(2)} ${search}: ${found.join(' ')}`)
    await fillCatalogue(sql, variants)
    const ms = await timesOf(sql)
    const share = (part: number) => `${(100 * part).toFixed(1)} %`
    const than = (one: number, other: number) => `substring ${one.toFixed(3)}, full-text ${other.toFixed(3)}`
    report('search', PURPOSE, [
      {
        what: 'nDCG of the first ten products',
        measured: ours.ndcg.toFixed(3),
        limit: than(substring.ndcg, fullText.ndcg),
        ratio: (ours.ndcg / fullText.ndcg).toFixed(2),
        target: 'at least 0.9',
      },
      {
        what: 'searches without a result',
        measured: share(ours.empty),
        limit: `substring ${share(substring.empty)}, full-text ${share(fullText.empty)}`,
        ratio: '–',
        target: 'none that a person would answer',
      },
      {
        what: `a search with the numbers of its filters, ${variants} variants, p95 (median ${quantile(ms, 0.5).toFixed(1)} ms)`,
        measured: `${quantile(ms, 0.95).toFixed(1)} ms`,
        limit: '20 ms',
        ratio: (quantile(ms, 0.95) / 20).toFixed(2),
        target: 'p95 at most 20 ms',
      },
    ])
  } finally {
    await sql.end()
    await supabase.stop()
  }
}

const PURPOSE = `${labelled.length} labelled searches over the seed and two real catalogues: plurals, accents, errors of typing, makers,
options, SKUs, phrases. Times are those of SQL, one search after the other, each of them twice after a first round.`

async function timesOf(sql: Sql): Promise<number[]> {
  const times: number[] = []
  for (const round of [0, 1, 2]) {
    for (const { search } of labelled) {
      const begun = performance.now()
      await sql`select public.find_products(${search})`
      if (round > 0) times.push(performance.now() - begun)
    }
  }
  return times
}
