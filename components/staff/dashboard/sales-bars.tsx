import { scaleBand, scaleLinear } from 'd3-scale'
import type { Bar, Dashboard } from '@/lib/domain/insight/dashboard'
import { barWords, place, shortMoney } from './words'

const height = 200
/** Below the bars, for their names; above them, for the highest one's number. */
const [foot, head] = [22, 18]

/**
 * Sales in each period, as bars. One drawing for one width: text keeps its size. Renders an `<svg>`
 * that says nothing to a screen reader; whoever shows it has a table beside it.
 */
export function SalesBars({
  dashboard: { range, bars, at, currency },
  selected,
  width,
  className,
}: {
  dashboard: Dashboard
  selected: number | null
  width: number
  className: string
}) {
  const highest = bars.reduce(
    (most, bar, index) => (bar.revenue_minor > (bars[most]?.revenue_minor ?? 0) ? index : most),
    0,
  )
  const most = bars[highest]?.revenue_minor ?? 0
  const x = scaleBand(
    bars.map((_, index) => index),
    [0, width],
  ).paddingInner(bars.length > 30 ? 0.2 : 0.28)
  const y = scaleLinear([0, Math.max(most, 1)], [height - foot, head])
  const top = (bar: Bar) => place(y(Math.max(0, bar.revenue_minor)))
  const now = bars.findLastIndex(({ from }) => Date.parse(from) <= Date.parse(at))
  const every = Math.ceil(bars.length / (width / 64))
  const centre = (index: number) => place((x(index) ?? 0) + x.bandwidth() / 2)
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className={`figures block w-full ${className}`}
    >
      {bars.map((bar, index) => (
        <rect
          key={bar.from}
          x={place(x(index))}
          width={place(x.bandwidth())}
          y={top(bar)}
          height={place(y(0) - top(bar))}
          data-now={index === now || undefined}
          data-selected={index === selected || undefined}
          className="fill-ink data-selected:fill-link data-now:opacity-60"
        />
      ))}
      <line x1={0} x2={width} y1={y(0)} y2={y(0)} className="stroke-line" />
      {selected !== null && (
        <line
          x1={centre(selected)}
          x2={centre(selected)}
          y1={head}
          y2={y(0)}
          strokeDasharray="2 3"
          className="stroke-link"
        />
      )}
      {most > 0 && (
        <text
          x={Math.min(Math.max(centre(highest), 24), width - 24)}
          y={head - 6}
          textAnchor="middle"
          className="fill-ink font-medium text-fine"
        >
          {shortMoney(most, currency)}
        </text>
      )}
      {bars.map(
        (bar, index) =>
          index % every === 0 &&
          centre(index) < width - 12 && (
            <text
              key={bar.from}
              x={index === 0 ? 0 : centre(index)}
              y={height - 5}
              textAnchor={index === 0 ? 'start' : 'middle'}
              className="fill-soft text-fine"
            >
              {barWords(range, bar.from).tick}
            </text>
          ),
      )}
    </svg>
  )
}
