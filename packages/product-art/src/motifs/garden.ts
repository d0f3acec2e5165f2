import { type Drawing, lit, mouth, type Pen, paint, rings, stroke, vessel, within } from '#brush'
import { INK } from '#colours'
import { curve, ellipse, n, type Ring, rectangle, TILT } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

const GREENS = ['#4d6a3a', '#6f8244', '#2f6b57', '#87994f'] as const

const body: Ring[] = [
  [110, 156, 'corner'],
  [104, 80],
  [84, 0],
]

const collar: Ring[] = [
  [122, 184, 'corner'],
  [124, 148],
]

/** A flower pot, its collar overhanging the body. */
function pot(pen: Pen, colour: string): string {
  const under = paint(hoopShade, INK, 0.22)
  return (
    vessel(pen, body, colour, under + rings(body, [92, 80], pen.glaze.trim, 6)) +
    vessel(pen, collar, colour) +
    mouth(pen, 122, 184, colour, 8)
  )
}

/** The shadow the collar throws on the body. */
const hoopShade = 'M-130-170V-138a130 20 0 0 0 260 0V-170z'

/** One leaf on its stem, growing from the soil at an angle. */
function leaf(pen: Pen, angle: number, reach: number, breadth: number, colour: string): string {
  const tip = -reach
  const d = `M0 ${n(tip * 0.34)}C${n(-breadth)} ${n(tip * 0.5)} ${n(-breadth * 0.9)} ${n(tip * 0.86)} 0 ${n(tip)}C${n(breadth * 0.9)} ${n(tip * 0.86)} ${n(breadth)} ${n(tip * 0.5)} 0 ${n(tip * 0.34)}z`
  const half = `M0 ${n(tip * 0.34)}C${n(breadth)} ${n(tip * 0.5)} ${n(breadth * 0.9)} ${n(tip * 0.86)} 0 ${n(tip)}z`
  return (
    `<g transform="translate(0 -182) rotate(${n(angle)})">${stroke(`M0 0Q${n(breadth * 0.2)} ${n(tip * 0.2)} 0 ${n(tip * 0.4)}`, '#4d6a3a', 5)}` +
    `${paint(d, colour)}${paint(half, INK, 0.18)}${within(pen, half, paint(d, 'url(#hatch)', 0.45))}${stroke(`M0 ${n(tip * 0.36)}V${n(tip * 0.94)}`, '#eef0c9', 2.5, 0.6)}</g>`
  )
}

export function planter(pen: Pen): Drawing {
  const angles = [-58, 56, -34, 36, -12, 14]
  const leaves = angles.map((angle, i) =>
    leaf(
      pen,
      angle + between(pen.random, -6, 6),
      between(pen.random, 190, 258) - (i < 2 ? 30 : 0),
      46,
      GREENS[i % 4] ?? GREENS[0],
    ),
  )
  const crown = 'M-170-250L-90-420H90L170-250L60-180H-60z'
  return {
    outline: `${turned([...collar, ...body])}${crown}`,
    marks:
      pot(pen, pen.glaze.base) + paint(ellipse(0, -182, 112, 112 * TILT - 4), '#4a342c') + leaves.join(''),
    stance: 'stands',
    width: 340,
    height: 440,
  }
}

export function pots(pen: Pen): Drawing {
  const small = (x: number, y: number, scale: number, colour: string) =>
    `<g transform="translate(${x} ${y}) scale(${scale})">${pot(pen, colour)}</g>`
  const marks =
    small(64, -26, 1, pen.glaze.base) + small(-92, -6, 0.8, pen.prop) + small(24, 16, 0.56, pen.glaze.trim)
  return { outline: 'M-190 0V-150H-60V-210H190V0z', marks, stance: 'stands', width: 380, height: 230 }
}

export function bouquet(pen: Pen): Drawing {
  const glass: Ring[] = [
    [72, 196],
    [58, 150],
    [64, 60],
    [74, 0],
  ]
  const heads = [-86, -46, -8, 34, 80].map((x, i) => {
    const y = -330 - (i % 2) * 66 - between(pen.random, 0, 26)
    const colour = i % 2 ? pen.prop : pen.glaze.trim
    const petals = Array.from(
      { length: 7 },
      (_, k) => `<g transform="rotate(${n(k * 51.4)})">${paint(ellipse(0, -25, 15, 24), colour)}</g>`,
    ).join('')
    return `${stroke(
      curve([
        [x * 0.2, -180],
        [x * 0.5, -250],
        [x * 1.5, y],
      ]),
      '#4d6a3a',
      5,
    )}<g transform="translate(${n(x * 1.5)} ${n(y)})">${petals}${paint(ellipse(6, 6, 38, 38), INK, 0.1)}${lit(pen, ellipse(0, 0, 14, 14), '#e0a126', 5)}</g>`
  })
  const marks =
    heads.join('') +
    vessel(pen, glass, pen.glaze.base) +
    stroke('M-72-196a72 12 0 0 0 144 0', pen.glaze.trim, 5)
  return {
    outline: `${turned(glass)}M-140-420H140V-320L20-190H-20L-140-320z`,
    marks,
    stance: 'stands',
    width: 320,
    height: 440,
  }
}

export function fence(pen: Pen): Drawing {
  const pale = (x: number) =>
    lit(
      pen,
      `M${x} 0V-272L${x + 31}-312L${x + 62}-272V0z`,
      pen.glaze.base,
      8,
      stroke(`M${x + 20}-290V0M${x + 44}-286V0`, INK, 2, 0.16),
    )
  const marks =
    lit(pen, rectangle(-212, -226, 424, 30), pen.glaze.trim, 6) +
    lit(pen, rectangle(-212, -96, 424, 30), pen.glaze.trim, 6) +
    [-194, -114, -32, 50, 132].map(pale).join('')
  return {
    outline: 'M-194 0V-272L-160-312L160-312L194-272V0z',
    marks,
    stance: 'stands',
    width: 420,
    height: 316,
  }
}
