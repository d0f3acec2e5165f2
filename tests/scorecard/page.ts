import { cpus } from 'node:os'
import { median } from '@/bench/figures/quantile'
import type { Verdict } from '@/tests/faults/support/verdict'
import type { Score } from './measure'

/** docs/scorecard.md. */
export function scorecardPage(onhand: Score, tutorial: Score): string {
  const both = (name: string, cell: (score: Score) => string) =>
    `| ${name} | ${cell(onhand)} | ${cell(tutorial)} |`
  const faults = [...onhand.verdicts.keys()]
  const of = (score: Score, fault: string) => score.verdicts.get(fault)
  return [
    '# Scorecard',
    '',
    'The same page twice, a number of units that follows the database, put through the same faults with the same',
    'witness, on the embedded Supabase. `Onhand`: the shop’s own components and hooks. `Tutorial`',
    '(`tests/reference/`): what Supabase’s guides “Using Realtime with Next.js” and “Postgres Changes” show: the server',
    'fetches, the component subscribes in an effect and sets state with each payload; and for buying the usual read,',
    'check, write. It is honest code for a demonstration; this is what it takes to go further. Written by',
    '`npm run scorecard`.',
    '',
    '|  | Onhand | Tutorial |',
    '| --- | --- | --- |',
    both('units sold that were not there', ({ rush }) => {
      return `${Math.max(0, rush.sold - rush.units)} (${rush.buyers} shoppers, ${rush.units} units, ${rush.sold} sold)`
    }),
    both('sales lost while a page takes over from its server render', ({ handOver }) => {
      return `${handOver.lost} of ${handOver.loads}`
    }),
    both('faults after which the page does not equal the database within 12 s', ({ verdicts }) => {
      return `${[...verdicts.values()].filter(({ recoveredMs }) => recoveredMs === null).length} of ${verdicts.size}`
    }),
    both('faults during which it shows a value older than 5 s unmarked', ({ verdicts }) => {
      return `${[...verdicts.values()].filter(({ oldestUnsaidMs }) => oldestUnsaidMs > 5_000).length} of ${verdicts.size}`
    }),
    both('times an older value replaced a newer one', ({ verdicts }) => {
      return String([...verdicts.values()].reduce((sum, { backwards }) => sum + backwards, 0))
    }),
    both('from COMMIT to text, nothing wrong, median of single sales', ({ latenciesMs }) => {
      return `${median(latenciesMs).toFixed(0)} ms (of ${latenciesMs.length})`
    }),
    '',
    'Single sales are half a second apart, and the two pages take turns, so that a busy machine is so for both. Onhand paints',
    'changes of one commit together, for which its messages wait 5 ms for each other, and its page shows the number twice,',
    'by a query and in a list: the later one counts. A number that changes oftener is painted four times a second, which is',
    'the quarter of a second that some rows below begin with.',
    '',
    '## Fault by fault',
    '',
    'Recovery is from the end of the fault to equality with the database, after one more sale; `not` means not within',
    '12 s: a later sale may still correct it. Unmarked is the age of the oldest value shown without a mark that it may be old.',
    '',
    '| fault | Onhand recovers | unsaid | Tutorial recovers | unsaid |',
    '| --- | --- | --- | --- | --- |',
    ...faults.map((fault) => {
      const cells = [onhand, tutorial].flatMap((score) => row(of(score, fault)))
      return `| ${[fault, ...cells].join(' | ')} |`
    }),
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores shared with other work, Node ${process.versions.node}`,
    '',
  ].join('\n')
}

function row(verdict: Verdict | undefined): string[] {
  if (!verdict) return ['', '']
  const { recoveredMs, oldestUnsaidMs } = verdict
  return [recoveredMs === null ? '**not**' : seconds(recoveredMs), bold(oldestUnsaidMs)]
}

function bold(oldestUnsaidMs: number): string {
  return oldestUnsaidMs > 5_000 ? `**${seconds(oldestUnsaidMs)}**` : seconds(oldestUnsaidMs)
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`
}
