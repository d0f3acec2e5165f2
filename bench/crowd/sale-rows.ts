import { quantile } from '@/bench/figures/quantile'
import type { Row } from '@/bench/figures/report'
import type { SaleFigures } from './open-sale'

/** The cost of 1,000 pages that each read the table, in processor milliseconds a second: the row of `viewers`. */
const before = { idleCpuMs: 1_704, statementsPerSecond: 607 }

const times = (all: readonly number[]) =>
  [0.5, 0.95, 0.99].map((part) => `p${part * 100} ${quantile([...all], part).toFixed(0)}`).join(', ')

/** A crowd's figures beside those of the control run with a few viewers. */
export function saleRows(sale: SaleFigures, control: SaleFigures): Row[] {
  return [...costRows(sale, control), ...changeRows(sale, control)]
}

function costRows(sale: SaleFigures, control: SaleFigures): Row[] {
  const many = `${sale.viewers.toLocaleString('en')} viewers`
  const idle = (sale.idleCpuMs / sale.viewers) * 1_000
  return [
    {
      what: `${many}, ${sale.live.toLocaleString('en')} of them live: statements of the shelf`,
      measured: `${sale.statementsPerSecond.toFixed(1)}/s`,
      limit: `${control.viewers} viewers: ${control.statementsPerSecond.toFixed(1)}/s; before, with 1,000: ${before.statementsPerSecond}/s`,
      ratio: `${sale.comparisonsPerSecond.toFixed(0)} comparisons/s`,
      target: 'at most 3/s',
    },
    {
      what: `${many}: CPU of all servers for 1,000 idle viewers`,
      measured: `${idle.toFixed(0)} ms/s`,
      limit: `before ${before.idleCpuMs} ms/s`,
      ratio: (idle / before.idleCpuMs).toFixed(3),
      target: 'at most 0.1',
    },
    {
      what: `${many}: memory of one in the process that looks`,
      measured: `${(sale.bytesPerViewer / 1024).toFixed(0)} KB`,
      limit: '',
      ratio: '',
      target: '',
    },
  ]
}

function changeRows(sale: SaleFigures, control: SaleFigures): Row[] {
  const many = `${sale.viewers.toLocaleString('en')} viewers`
  const toLast = ({ toLast: own, bareToLast, viewers }: SaleFigures): Row => ({
    what: `${viewers.toLocaleString('en')} viewers, commit to the last of them`,
    measured: `${times(own)} ms`,
    limit: `a bare ws server: ${times(bareToLast)} ms`,
    ratio: (quantile([...own], 0.99) / quantile([...bareToLast], 0.99)).toFixed(2),
    target: viewers === sale.viewers ? 'p99 at most 2' : '',
  })
  return [
    toLast(control),
    toLast(sale),
    {
      what: `${many}: changes that all of them saw`,
      measured: `${sale.arrived}`,
      limit: `${sale.changes} changes`,
      ratio: (sale.arrived / sale.changes).toFixed(2),
      target: 'all',
    },
    {
      what: `${many}: different pages at the end, that of the database included`,
      measured: `${sale.pages}`,
      limit: '',
      ratio: '',
      target: '1',
    },
    {
      what: `${many}: false "stale" notices`,
      measured: `${sale.stale}`,
      limit: `${control.viewers} viewers: ${control.stale}`,
      ratio: '',
      target: '0',
    },
    {
      what: `${many}, ${sale.viewsPerSecond} page views a second: orders`,
      measured: `${sale.orders}`,
      limit: `${sale.buyers} buyers, 100 units; ${sale.views} page views`,
      ratio: (sale.orders / sale.buyers).toFixed(2),
      target: '1.00',
    },
  ]
}
