import { curveOn, n, type Point, type Ring, TILT } from './paths'

/** The point of a turned form's near side: `across` runs from -1 (left edge) to 1 (right edge). */
function surface([radius, height]: Ring, across: number): Point {
  return [radius * across, -height + radius * TILT * Math.sqrt(1 - across * across)]
}

/** A side of the form as soft curves, broken where a ring is a corner. */
function side(rings: readonly Ring[], across: number): string {
  let d = ''
  let run: Point[] = []
  for (const ring of rings) {
    run.push(surface(ring, across))
    if (ring[2] === 'corner') {
      d += curveOn(run)
      run = [surface(ring, across)]
    }
  }
  return d + curveOn(run)
}

const ends = (rings: readonly Ring[]) => {
  const first = rings[0]
  const last = rings.at(-1)
  if (!first || !last) throw new Error('A turned form needs at least two rings.')
  return { first, last }
}

/** The outline of a form turned on a wheel or a lathe, standing on y = 0; rings from top to bottom. */
export function turned(rings: readonly Ring[]): string {
  const { first, last } = ends(rings)
  const [top, topHeight] = first
  const [foot, footHeight] = last
  return (
    `M${n(-top)} ${n(-topHeight)}a${n(top)} ${n(top * TILT)} 0 0 1 ${n(2 * top)} 0` +
    side(rings, 1) +
    `A${n(foot)} ${n(foot * TILT)} 0 0 1 ${n(-foot)} ${n(-footHeight)}` +
    `${side(rings.toReversed(), -1)}Z`
  )
}

/** The strip of a turned form between two meridians, for its shade and its highlight. */
export function meridians(rings: readonly Ring[], from: number, to: number): string {
  const { first, last } = ends(rings)
  const start = surface(first, from)
  const corner = surface(last, to)
  return `M${n(start[0])} ${n(start[1])}${side(rings, from)}L${n(corner[0])} ${n(corner[1])}${side(rings.toReversed(), to)}Z`
}

/** The radius of the form at a height, straight between rings. */
export function radiusAt(rings: readonly Ring[], height: number): number {
  for (let i = 0; i < rings.length - 1; i++) {
    const above = rings[i]
    const below = rings[i + 1]
    if (!above || !below || height > above[1] || height < below[1]) continue
    const share = above[1] === below[1] ? 0 : (above[1] - height) / (above[1] - below[1])
    return above[0] + (below[0] - above[0]) * share
  }
  return ends(rings).last[0]
}

/** A line around the form at a height, as the eye sees its near half. */
export function hoop(radius: number, height: number): string {
  return `M${n(-radius)} ${n(-height)}a${n(radius)} ${n(radius * TILT)} 0 0 0 ${n(2 * radius)} 0`
}
