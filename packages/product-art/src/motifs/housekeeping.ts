import { type Drawing, lit, mouth, type Pen, paint, rings, stroke, vessel, within } from '#brush'
import { INK, LIGHT } from '#colours'
import { curve, ellipse, n, type Ring, rectangle, rounded } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

export function brush(pen: Pen): Drawing {
  const bristles = Array.from(
    { length: 30 },
    (_, i) => `M${n(-142 + i * 9.8)} -66l${n(between(pen.random, -7, 7))} 64`,
  ).join('')
  const back = 'M-160-64Q-164-96-128-108Q0-132 128-108Q164-96 160-64z'
  const handle = 'M120-112C170-150 196-176 226-232Q244-250 254-232Q262-214 246-196C212-146 190-108 152-84z'
  const marks = `<g transform="translate(-40 0)">${paint(rectangle(-148, -66, 296, 60), '#e2c07a')}${stroke(bristles, '#8a5a32', 5, 0.55)}${lit(pen, handle, pen.glaze.base, 8)}${lit(pen, back, pen.glaze.base, 12)}${stroke('M-150-72H150', pen.glaze.trim, 8)}</g>`
  return {
    outline: `M-196 0V-90Q-40-130 120-90V0zM90-110L200-230h20l-90 150z`,
    marks,
    stance: 'stands',
    width: 410,
    height: 250,
  }
}

export function basket(pen: Pen): Drawing {
  const form: Ring[] = [
    [160, 190],
    [152, 110],
    [116, 0],
  ]
  const rows = Array.from({ length: 9 }, (_, i) => 14 + i * 20)
  const stakes = Array.from({ length: 13 }, (_, i) => `M${(i - 6) * 26} -200L${(i - 6) * 19} 30`).join('')
  const bow = curve([
    [-146, -186],
    [-126, -330],
    [0, -392],
    [126, -330],
    [146, -186],
  ])
  const marks =
    stroke(bow, pen.glaze.base, 17) +
    `<g transform="translate(3 4)">${stroke(bow, INK, 6, 0.22)}</g>` +
    vessel(
      pen,
      form,
      pen.glaze.base,
      stroke(stakes, INK, 3, 0.25) +
        rings(form, rows, pen.glaze.trim, 6, 0.8) +
        rings(
          form,
          rows.map((h) => h + 8),
          INK,
          2,
          0.25,
        ),
    ) +
    mouth(pen, 160, 190, pen.glaze.base, 10)
  return { outline: turned(form), marks, stance: 'stands', width: 330, height: 400 }
}

export function dustpan(pen: Pen): Drawing {
  const pan = 'M-150 0L-128-170Q-126-186-108-186H108Q126-186 128-170L150 0z'
  const handle = rounded(-20, -372, 40, 200, 18)
  const marks =
    lit(pen, handle, pen.glaze.base, 8) +
    paint(ellipse(0, -346, 8, 8), INK, 0.6) +
    lit(pen, pan, pen.glaze.base, 14) +
    within(
      pen,
      pan,
      paint('M-150 0L-104-118H104L150 0z', LIGHT, 0.28) + stroke('M-104-118H104', INK, 4, 0.25),
    ) +
    lit(pen, rectangle(-152, -12, 304, 12), pen.glaze.trim, 4)
  return { outline: `${pan}${handle}`, marks, stance: 'stands', width: 310, height: 374 }
}
