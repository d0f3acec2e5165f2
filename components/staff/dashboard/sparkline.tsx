import { scaleLinear } from 'd3-scale'
import { area, curveStep, line } from 'd3-shape'
import { place } from './words'

const [width, height] = [240, 40]

/** How a number went lately, oldest first; the last one is marked. Renders an `<svg>`; say in words what it shows. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, width - 5])
  const y = scaleLinear([0, Math.max(1, ...values)], [height - 5, 5])
  const at = (_: number, index: number) => place(x(index))
  const up = (value: number) => place(y(value))
  const outline = line<number>(at, up).curve(curveStep)([...values])
  const filled = area<number>(at, up(0), up).curve(curveStep)([...values])
  const last = values.at(-1) ?? 0
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className="block h-10 w-full max-w-60"
    >
      <path d={filled ?? ''} className="fill-ink opacity-10" />
      <path d={outline ?? ''} className="fill-none stroke-ink" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={place(x(values.length - 1))} cy={place(y(last))} r="3.5" className="fill-link" />
    </svg>
  )
}
