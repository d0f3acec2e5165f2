import { scaleLog } from 'd3-scale'
import type { Route } from 'next'
import { Link } from '@/components/ui/link'
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
    return <p className="text-small text-soft">{runningOutListWords.atTheCurrentRateNo}</p>
  }
  return (
    <table className="w-full border-collapse text-left text-small max-tablet:block">
      <caption className="sr-only">{runningOutListWords.productsThatRunOutFirst}</caption>
      <thead className="max-tablet:sr-only">
        <tr className="border-line border-b text-fine text-soft [&>th]:pe-6 [&>th]:pb-1.5 [&>th]:align-bottom [&>th]:font-normal">
          <th scope="col">{runningOutListWords.variant}</th>
          <th scope="col" className="text-right">
            {runningOutListWords.available}
          </th>
          <th scope="col" className="text-right">
            {runningOutListWords.perHour}
          </th>
          <th scope="col">{runningOutListWords.daysLeft}</th>
          <th scope="col" className="w-60 pe-0!">
            <Axis />
          </th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {rows.map((row) => (
          <Row key={row.variant.variant_id} {...row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ variant, hours, empty }: { variant: RunningOut; hours: number; empty: EmptyIn }) {
  return (
    <tr className="border-line border-b align-baseline max-tablet:grid max-tablet:grid-cols-[1fr_auto] max-tablet:gap-x-4 max-tablet:py-3 tablet:[&>*]:py-2 tablet:[&>*]:pe-6">
      <th scope="row" className="font-normal">
        <Link href={`/staff/variants/${variant.variant_id}` as Route} className="underlined">
          {variant.title}
        </Link>
        <span className="text-soft">{variant.option_values.map((value) => `, ${value}`)}</span>
      </th>
      <td className="figures text-right">
        {whole.format(variant.available)}
        <span className="text-soft tablet:sr-only"> {runningOutListWords.left}</span>
      </td>
      <td className="figures text-right max-tablet:hidden">{tenths.format(variant.sold / hours)}</td>
      <td className="figures whitespace-nowrap max-tablet:col-span-2">
        <span className="font-medium">{spanWords(empty.likely)}</span>
        <span className="text-fine text-soft">
          {' '}
          {spanWords(empty.soonest)} – {spanWords(empty.latest)}
        </span>
      </td>
      <td className="pe-0! align-middle max-tablet:hidden">
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
      </td>
    </tr>
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
