/** A point in the drawing: x to the right, y down, in drawing units. */
export type Point = readonly [x: number, y: number]

/** One ring of a turned form: its radius and its height above the ground. `'corner'` breaks the curve there. */
export type Ring = readonly [radius: number, height: number, joint?: 'corner']

/** How far a circle on the table is flattened by the eye's height. One value, so every object is seen from one chair. */
export const TILT = 0.17

/** Coordinates are kept to a tenth: finer is invisible and only makes the file larger. */
export function n(value: number): number {
  return Math.round(value * 10) / 10
}

const at = ([x, y]: Point) => `${n(x)} ${n(y)}`

/** Straight lines through the points. */
export function polyline(points: readonly Point[]): string {
  return `M${points.map(at).join('L')}`
}

/** A closed shape with straight sides. */
export function polygon(points: readonly Point[]): string {
  return `${polyline(points)}Z`
}

export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`
}

export function rounded(x: number, y: number, width: number, height: number, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2)
  const corner = (dx: number, dy: number) => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`
  return (
    `M${n(x + r)} ${n(y)}h${n(width - 2 * r)}${corner(r, r)}v${n(height - 2 * r)}${corner(-r, r)}` +
    `h${n(2 * r - width)}${corner(-r, -r)}v${n(2 * r - height)}${corner(r, -r)}z`
  )
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${n(cx - rx)} ${n(cy)}a${n(rx)} ${n(ry)} 0 1 1 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 1 ${n(-2 * rx)} 0z`
}

/** The continuation of a path along a soft curve through the points; the pen already stands on the first. */
export function curveOn(points: readonly Point[]): string {
  let d = ''
  for (let i = 0; i < points.length - 1; i++) {
    const here = points[i]
    const next = points[i + 1]
    if (!here || !next) continue
    const before = points[i - 1] ?? here
    const after = points[i + 2] ?? next
    d +=
      `C${n(here[0] + (next[0] - before[0]) / 6)} ${n(here[1] + (next[1] - before[1]) / 6)} ` +
      `${n(next[0] - (after[0] - here[0]) / 6)} ${n(next[1] - (after[1] - here[1]) / 6)} ${at(next)}`
  }
  return d
}

/** An open, soft line through the points. */
export function curve(points: readonly Point[]): string {
  const first = points[0]
  return first ? `M${at(first)}${curveOn(points)}` : ''
}

/** A closed, soft shape through the points. */
export function blob(points: readonly Point[]): string {
  const first = points[0]
  const last = points.at(-1)
  const second = points[1]
  if (!first || !last || !second) return ''
  const closed = curveOn([last, ...points, first, second])
  // The first and the last piece only lend their direction.
  const pieces = closed.split('C').slice(2, -1)
  return `M${at(first)}C${pieces.join('C')}Z`
}
