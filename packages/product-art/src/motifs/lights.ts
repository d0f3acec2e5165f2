import { type Drawing, lit, mouth, type Pen, paint, rings, stroke, vessel, within } from '#brush'
import { INK, LIGHT } from '#colours'
import { curve, ellipse, type Ring, rectangle, rounded, TILT } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

const WARM = '#ffe9a8'

/** Light falling out of a shade: a cone that thins out downwards. */
function spill(top: number, half: number, length: number): string {
  const cone = (share: number) =>
    `M${-half} ${top}L${-half - length * share * 0.5} ${top + length}H${half + length * share * 0.5}L${half} ${top}z`
  return paint(cone(1), WARM, 0.16) + paint(cone(0.5), WARM, 0.2)
}

export function pendant(pen: Pen): Drawing {
  const round = pen.random() < 0.5
  const shade: Ring[] = round
    ? [
        [26, 168],
        [96, 140],
        [150, 74],
        [164, 0],
      ]
    : [
        [30, 176],
        [34, 120],
        [70, 92],
        [156, 10, 'corner'],
        [156, 0],
      ]
  const cap: Ring[] = [
    [14, 206],
    [26, 196],
    [28, 170],
  ]
  const foot = shade.at(-1)?.[0] ?? 156
  const inside = ellipse(0, 0, foot - 3, foot * TILT)
  const bulb = within(pen, `M-200-20H200V90H-200z`, lit(pen, ellipse(0, 6, 40, 40), WARM, 8))
  const marks =
    stroke('M0-470V-200', INK, 5) +
    spill(4, foot - 12, 470) +
    vessel(pen, shade, pen.glaze.base, rings(shade, [16], pen.glaze.trim, 7)) +
    vessel(pen, cap, pen.glaze.trim) +
    paint(inside, pen.glaze.base) +
    paint(inside, INK, 0.35) +
    within(pen, inside, paint(ellipse(20, 8, foot * 0.8, foot * TILT), WARM, 0.75)) +
    bulb
  return {
    outline: `${turned(shade)}M-3-470h6v300h-6z`,
    marks,
    stance: 'drops',
    width: 330,
    height: 460,
  }
}

export function tableLamp(pen: Pen): Drawing {
  const isBellied = pen.random() < 0.5
  const base: Ring[] = isBellied
    ? [
        [16, 206],
        [24, 178],
        [82, 110],
        [84, 62],
        [46, 14],
        [56, 0],
      ]
    : [
        [20, 206],
        [34, 196, 'corner'],
        [30, 120],
        [34, 34],
        [78, 20, 'corner'],
        [80, 0],
      ]
  const bands = isBellied ? [86, 74] : [150, 138, 126]
  const shade: Ring[] = [
    [80, 396],
    [142, 232],
  ]
  const glow = ellipse(0, -300, 250, 220)
  const marks =
    paint(glow, WARM, 0.2) +
    paint(ellipse(0, -300, 190, 170), WARM, 0.22) +
    vessel(pen, base, pen.glaze.base, rings(base, bands, pen.glaze.trim, 5)) +
    stroke('M0-204V-250', '#8c6419', 9) +
    paint(ellipse(0, -232, 142, 142 * TILT), '#f4c766') +
    vessel(pen, shade, '#fff0c9', paint(turned(shade), WARM, 0.6)) +
    paint(ellipse(0, -396, 80, 80 * TILT), '#fffaf0') +
    paint(ellipse(0, -396, 66, 80 * TILT - 4), '#f4c766')
  return {
    outline: turned([
      [80, 396],
      [142, 232, 'corner'],
      [30, 190],
      [84, 90],
      [50, 0],
    ]),
    marks,
    stance: 'stands',
    width: 284,
    height: 408,
  }
}

/** A flame and the glow it makes. */
function flame(x: number, y: number): string {
  return (
    paint(ellipse(x, y - 26, 84, 92), WARM, 0.28) +
    paint(`M${x} ${y}c-24-18-12-44 2-70c8 24 28 50-2 70z`, '#f6a531') +
    paint(`M${x} ${y - 4}c-11-10-7-22 1-36c5 14 12 26-1 36z`, LIGHT)
  )
}

export function candle(pen: Pen): Drawing {
  const wax: Ring[] = [
    [82, 190],
    [84, 100],
    [84, 0],
  ]
  const label = rounded(-52, -138, 92, 82, 6)
  const marks =
    vessel(
      pen,
      wax,
      pen.glaze.base,
      paint(label, pen.glaze.trim) + stroke('M-36-114h58M-36-98h38M-36-82h48', INK, 4, 0.55),
    ) +
    mouth(pen, 82, 190, pen.glaze.base) +
    paint(ellipse(0, -184, 74, 74 * TILT - 2), '#f7ecd2') +
    stroke('M0-186v-18', INK, 5) +
    flame(0, -198)
  return { outline: turned(wax), marks, stance: 'stands', width: 200, height: 280 }
}

export function candlesticks(pen: Pen): Drawing {
  const stick = (height: number): Ring[] => [
    [24, height],
    [20, height - 22],
    [9, height - 34],
    [12, height * 0.5],
    [22, height * 0.44],
    [10, height * 0.38],
    [14, 30],
    [52, 12],
    [56, 0],
  ]
  const lightOn = (height: number, colour: string, taper: number) =>
    vessel(pen, stick(height), colour) +
    lit(pen, `M-10 ${-height}l2 ${-taper}h16l2 ${taper}z`, pen.prop, 5) +
    stroke(`M0 ${-height - taper}v-10`, INK, 4) +
    flame(0, -height - taper - 8)
  const marks =
    `<g transform="translate(72 -18)">${lightOn(236, pen.glaze.trim, 92)}</g>` +
    `<g transform="translate(-66 0)">${lightOn(164, pen.glaze.base, between(pen.random, 60, 120))}</g>`
  return {
    outline: 'M-118 0l26-150h52l20 150zM16-18l36-300h40l36 300z',
    marks,
    stance: 'stands',
    width: 270,
    height: 400,
  }
}

export function lantern(pen: Pen): Drawing {
  const post = (x: number) => lit(pen, rectangle(x, -262, 14, 250), pen.glaze.base, 4)
  const marks =
    stroke(
      curve([
        [-40, -316],
        [-30, -372],
        [30, -372],
        [40, -316],
      ]),
      pen.glaze.base,
      9,
    ) +
    paint(rectangle(-82, -262, 164, 250), WARM, 0.5) +
    paint(rectangle(-82, -262, 82, 250), LIGHT, 0.3) +
    lit(pen, rounded(-30, -118, 60, 100, 4), '#f7ecd2', 10) +
    stroke('M0-118v-14', INK, 4) +
    flame(0, -128) +
    post(-92) +
    post(78) +
    stroke('M-78-182H78', pen.glaze.base, 6) +
    lit(pen, 'M-112-258L-58-320H58L112-258z', pen.glaze.base, 12) +
    lit(pen, rounded(-108, -22, 216, 24, 5), pen.glaze.base, 8)
  return { outline: 'M-108 0V-258L-50-320H50L108-258V0z', marks, stance: 'stands', width: 230, height: 380 }
}
