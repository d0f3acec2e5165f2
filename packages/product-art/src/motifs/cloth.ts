import { stroke } from '#brush'
import { INK, LIGHT } from '#colours'
import { n } from '#paths'

/** Bands of the trim across a cloth. */
export function stripes(ys: readonly number[], colour: string, width: number): string {
  return ys.map((y) => stroke(`M-260 ${n(y)}q130 12 260 0t260 0`, colour, width)).join('')
}

/** A soft fold: a dark crease with the light on its near side. */
export function fold(d: string): string {
  return `${stroke(d, INK, 5, 0.2)}<g transform="translate(-5 -2)">${stroke(d, LIGHT, 3, 0.35)}</g>`
}
