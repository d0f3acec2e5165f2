import { scaleLog } from 'd3-scale'
import type { Route } from 'next'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Dashboard, RunningOut } from '@/lib/domain/insight/dashboard'
import { type EmptyIn, emptyIn } from '@/lib/domain/insight/forecast'
import { place, runningOutListWords, spanWords, tenths, whole } from './words'

/** Variants that last longer than this are left out. Hours. */
const horizon = 14 * 24
const width = 240
const scale = scaleLog([0.25, 2 * horizon], [5, width - 5]).clamp(true)
const x = (hours: number) => place(scale(hours))
const ticks = [
  { hours: 1, label: '1 h' },
  { hours: 24, label: '1 day' },
  { hours: 168, label: '1 week' },
]

/** Variants that run out first, with the range of time. Renders a `<table>`; on a small screen its rows become cards. */
export function RunningOutList({ dashboard: { running_out, at } }: { dashboard: Dashboard }) {
  const rows = running_out
    .map((variant) => {
      const hours = (Date.parse(at) - Date.parse(variant.since)) / 3_600_000
      return { variant, hours, empty: emptyIn(variant.available, variant.sold, hours) }
    })
    .filter(({ empty }) => empty.likely <= horizon)
    .toSorted((one, other) => one.empty.likely - other.empty.likely)
  if (rows.length === 0) {
    return (
      <Text size="small" tone="soft">
        {runningOutListWords.atTheCurrentRateNo}
      </Text>
    )
  }
  return (
    <Table
      asCards
      caption={runningOutListWords.productsThatRunOutFirst}
      columns={[
        { heading: runningOutListWords.variant },
        { heading: runningOutListWords.available, end: true },
        { heading: runningOutListWords.perHour, end: true },
        { heading: runningOutListWords.daysLeft },
        { key: 'axis', heading: <Axis />, className: 'w-60' },
      ]}
    >
      {rows.map((row) => (
        <VariantRow key={row.variant.variant_id} {...row} />
      ))}
    </Table>
  )
}

function VariantRow({ variant, hours, empty }: { variant: RunningOut; hours: number; empty: EmptyIn }) {
  return (
    <TableRow card="grid" align="baseline">
      <Cell names>
        <TextLink href={`/staff/variants/${variant.variant_id}` as Route}>{variant.title}</TextLink>
        <Text as="span" tone="soft">
          {variant.option_values.map((value) => `, ${value}`)}
        </Text>
      </Cell>
      <Cell end figures>
        {whole.format(variant.available)}
        <span className="text-soft tablet:sr-only"> {runningOutListWords.left}</span>
      </Cell>
      <Cell end figures className="max-tablet:hidden">
        {tenths.format(variant.sold / hours)}
      </Cell>
      <Cell figures wide className="whitespace-nowrap">
        <Text as="span" weight="medium">
          {spanWords(empty.likely)}
        </Text>
        <Text as="span" size="fine" tone="soft">
          {' '}
          {spanWords(empty.soonest)} – {spanWords(empty.latest)}
        </Text>
      </Cell>
      <Cell className="align-middle max-tablet:hidden">
        <svg viewBox={`0 0 ${width} 16`} aria-hidden="true" className="block w-full">
          {ticks.map((tick) => (
            <line
              key={tick.hours}
              x1={x(tick.hours)}
              x2={x(tick.hours)}
              y1="0"
              y2="16"
              className="stroke-line"
            />
          ))}
          <line
            x1={x(empty.soonest)}
            x2={x(empty.latest)}
            y1="8"
            y2="8"
            strokeWidth="2"
            className="stroke-ink"
          />
          <circle
            cx={x(empty.likely)}
            cy="8"
            r="4.5"
            data-soon={empty.likely < 24 || undefined}
            className="fill-ink data-soon:fill-low"
          />
        </svg>
      </Cell>
    </TableRow>
  )
}

function Axis() {
  return (
    <svg viewBox={`0 0 ${width} 16`} aria-hidden="true" className="figures block w-full">
      {ticks.map(({ hours, label }) => (
        <text key={hours} x={x(hours)} y="13" textAnchor="middle" className="fill-soft text-fine">
          {label}
        </text>
      ))}
    </svg>
  )
}
