import { type Drawing, lit, type Pen, paint, stroke, within } from '#brush'
import { INK } from '#colours'
import { blob, curve, ellipse, n, rounded } from '#paths'
import { between } from '#random'
import { fold, stripes } from './cloth'

export function bedding(pen: Pen): Drawing {
  const pillow = (x: number, y: number, w: number, colour: string) =>
    lit(
      pen,
      blob([
        [x - w, y],
        [x - w * 0.94, y - 52],
        [x - w, y - 100],
        [x, y - 112],
        [x + w, y - 102],
        [x + w * 0.95, y - 52],
        [x + w, y],
        [x, y + 6],
      ]),
      colour,
      14,
    )
  const sheet = rounded(-182, -70, 364, 72, 22)
  const duvet = rounded(-186, -146, 372, 84, 34)
  const marks =
    lit(pen, sheet, pen.glaze.trim, 12) +
    stroke('M-160-36H166', INK, 3, 0.22) +
    lit(pen, duvet, pen.glaze.base, 16, stripes([-122, -98, -76], pen.glaze.trim, 5)) +
    pillow(0, -148, 160, pen.glaze.base) +
    pillow(8, -232, 142, pen.glaze.trim) +
    fold(
      curve([
        [-120, -200],
        [-60, -190],
        [-30, -206],
      ]),
    ) +
    fold(
      curve([
        [130, -262],
        [90, -276],
        [70, -300],
      ]),
    )
  return { outline: rounded(-182, -344, 364, 344, 50), marks, stance: 'stands', width: 372, height: 346 }
}

export function rug(pen: Pen): Drawing {
  const roll = rounded(-176, -128, 352, 128, 64)
  const bands = stroke('M-110-140V10M-84-140V10M20-140V10M46-140V10', pen.glaze.trim, 14)
  const end = ellipse(-120, -64, 56, 64)
  const spiral = curve([
    [-74, -64],
    [-120, -108],
    [-160, -64],
    [-120, -28],
    [-90, -62],
    [-118, -84],
    [-138, -62],
    [-116, -48],
  ])
  const fringe = Array.from(
    { length: 11 },
    (_, i) => `M176 ${-120 + i * 11}l${n(between(pen.random, 14, 24))} ${n(between(pen.random, -3, 5))}`,
  ).join('')
  const marks =
    stroke(fringe, pen.glaze.trim, 5) +
    lit(pen, roll, pen.glaze.base, 18, bands) +
    within(pen, roll, paint(end, pen.glaze.trim) + stroke(spiral, pen.glaze.base, 10))
  return { outline: roll, marks, stance: 'stands', width: 380, height: 130 }
}
