import { lit, type Pen, paint } from './brush'
import { INK, LIGHT } from './colours'
import { n, polygon } from './paths'

/** A box seen from the front and a little above: its near face lit, its top paler. `y` is its foot, `rise` the drawn depth of its top. */
export function box(
  pen: Pen,
  x: number,
  y: number,
  w: number,
  h: number,
  rise: number,
  colour: string,
): string {
  const narrowing = rise * 0.35
  const top = polygon([
    [x, y - h],
    [x + w, y - h],
    [x + w - narrowing, y - h - rise],
    [x + narrowing, y - h - rise],
  ])
  return (
    lit(pen, `M${n(x)} ${n(y - h)}h${n(w)}v${n(h)}h${n(-w)}z`, colour, Math.min(18, w * 0.08)) +
    paint(top, colour) +
    paint(top, LIGHT, 0.34)
  )
}

/** A leg or post: a slim upright with its shaded side, from the point given downwards. */
export function post(x: number, y: number, w: number, h: number, colour: string, lean = 0): string {
  const shape = (from: number, to: number) =>
    polygon([
      [x + w * from, y],
      [x + w * to, y],
      [x + w * to * 0.86 + lean, y + h],
      [x + w * from * 0.86 + lean, y + h],
    ])
  return paint(shape(0, 1), colour) + paint(shape(0.55, 1), INK, 0.24) + paint(shape(0.08, 0.25), LIGHT, 0.35)
}
