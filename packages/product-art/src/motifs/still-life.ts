import { type Drawing, lit, type Pen, paint, vessel } from '#brush'
import { LIGHT } from '#colours'
import { ellipse, type Ring, TILT } from '#paths'
import { box } from '#solids'

/** An arch cut from a board, with the thickness of its edge. */
function arch(pen: Pen, w: number, h: number, colour: string): string {
  const half = w / 2
  const outer = `M${-half} 0V${-h + half}a${half} ${half} 0 0 1 ${w} 0V0z`
  const gap = half * 0.5
  const opening = `M${-gap} 0V${-h * 0.56}a${gap} ${gap} 0 0 1 ${2 * gap} 0V0z`
  return (
    lit(pen, outer, colour, 16) +
    paint(opening, '#232252', 0.32) +
    `<g transform="translate(8 0)">${paint(`M${-gap} 0V${-h * 0.56}a${gap} ${gap} 0 0 1 ${2 * gap - 8} 0V0z`, '#232252', 0.18)}</g>`
  )
}

function column(pen: Pen, radius: number, h: number, colour: string): string {
  const form: Ring[] = [
    [radius, h, 'corner'],
    [radius, 0],
  ]
  return (
    vessel(pen, form, colour) +
    paint(ellipse(0, -h, radius, radius * TILT), colour) +
    paint(ellipse(0, -h, radius, radius * TILT), LIGHT, 0.4)
  )
}

/** Solids from a drawing class: for a thing we have no picture of. */
export function stillLife(pen: Pen): Drawing {
  const way = Math.floor(pen.random() * 3)
  const ball = (x: number, y: number, r: number, colour: string) =>
    lit(pen, ellipse(x, y - r, r, r), colour, r * 0.28)
  const scenes = [
    () =>
      `<g transform="translate(-36 -22)">${arch(pen, 210, 344, pen.glaze.base)}</g><g transform="translate(96 4)">${column(pen, 56, 130, pen.glaze.trim)}</g>${ball(96, -126, 54, pen.prop)}${ball(-96, 12, 40, pen.glaze.trim)}`,
    () =>
      `<g transform="translate(66 -22)">${column(pen, 66, 300, pen.glaze.base)}</g>${box(pen, -160, 0, 176, 136, 30, pen.glaze.trim)}${ball(-72, -152, 72, pen.prop)}${lit(pen, 'M76 12L128-96L180 12Q128 26 76 12z', pen.prop, 12)}`,
    () =>
      `${box(pen, -140, -18, 290, 90, 34, pen.glaze.trim)}<g transform="translate(-60 -124)">${column(pen, 48, 196, pen.glaze.base)}</g><g transform="translate(74 -120)">${arch(pen, 120, 170, pen.prop)}</g>${ball(150, 18, 46, pen.glaze.base)}`,
  ]
  return {
    outline: 'M-150 0V-300H60V-150H160V0z',
    marks: scenes[way]?.() ?? '',
    stance: 'stands',
    width: 330,
    height: 350,
  }
}
