import { type Drawing, lit, mouth, type Pen, paint, rings, stroke, vessel } from '#brush'
import { INK, LIGHT } from '#colours'
import { blob, curve, ellipse, n, type Ring, rounded } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

const WOOD = '#b9854f'
const STEEL = '#b6c0cd'

/** A leather loop over a peg, for tools that hang. */
const loop =
  stroke('M0-2q-22 26 0 50q22-24 0-50', '#8a5a32', 6) +
  paint(ellipse(0, 0, 14, 14), '#7d4e33') +
  paint(ellipse(-4, -4, 6, 5), LIGHT, 0.5)

export function trowel(pen: Pen): Drawing {
  const blade = 'M-56 212C-72 300-54 388 0 446C54 388 72 300 56 212Q0 188-56 212z'
  const handle = 'M-17 48C-24 78-16 104-22 138h44C16 104 24 78 17 48Q0 38-17 48z'
  const marks =
    loop +
    stroke('M0 138V214', STEEL, 15) +
    stroke('M4 138V214', INK, 5, 0.25) +
    lit(pen, handle, pen.glaze.base, 8) +
    stroke('M-19 126h38', pen.glaze.trim, 9) +
    lit(pen, blade, STEEL, 16) +
    stroke(
      curve([
        [-22, 236],
        [-30, 300],
        [-16, 372],
      ]),
      LIGHT,
      7,
      0.6,
    ) +
    stroke('M0 214V388', INK, 3, 0.2)
  return { outline: `${blade}${handle}M-8 130h16v90h-16z`, marks, stance: 'hangs', width: 140, height: 450 }
}

export function wateringCan(pen: Pen): Drawing {
  const body: Ring[] = [
    [104, 206],
    [112, 196, 'corner'],
    [118, 12, 'corner'],
    [114, 0],
  ]
  const spout = 'M84-62C150-78 170-190 196-268L222-258C200-170 176-44 92-22z'
  const rose = 'M180-286L244-262L232-240L176-262z'
  const handle = curve([
    [-92, -44],
    [-182, -70],
    [-178, -226],
    [-70, -288],
    [20, -268],
    [66, -212],
  ])
  const marks =
    stroke(handle, pen.glaze.base, 17) +
    `<g transform="translate(3 4)">${stroke(handle, INK, 7, 0.2)}</g>` +
    lit(pen, spout, pen.glaze.base, 8) +
    lit(pen, rose, pen.glaze.trim, 5) +
    vessel(
      pen,
      body,
      pen.glaze.base,
      rings(body, [150, 140], pen.glaze.trim, 5) + rings(body, [30], INK, 3, 0.3),
    ) +
    mouth(pen, 104, 206, pen.glaze.base, 6) +
    lit(pen, 'M-104-206a104 18 0 0 1 104-18q30 20 20 54q-60-8-124-36z', pen.glaze.base, 6)
  return { outline: `${turned(body)}${spout}${rose}`, marks, stance: 'stands', width: 400, height: 300 }
}

export function broom(pen: Pen): Drawing {
  const head = 'M-44 236Q-52 262-84 440q42 14 84 8t84-8Q52 262 44 236Q0 222-44 236z'
  const straws = Array.from(
    { length: 15 },
    (_, i) =>
      `M${n(-36 + i * 5.2)} 250L${n(-78 + i * 11.2 + between(pen.random, -3, 3))} ${n(438 + between(pen.random, -8, 6))}`,
  ).join('')
  const marks =
    loop +
    stroke('M0 40V236', WOOD, 17) +
    stroke('M4 42V236', INK, 6, 0.22) +
    lit(pen, head, '#e2c07a', 14, stroke(straws, '#8a5a32', 2.5, 0.5)) +
    stroke('M-50 272q50-14 100 0M-55 304q55-14 110 0M-60 334q60-14 120 0', pen.glaze.base, 9) +
    lit(pen, rounded(-30, 206, 60, 40, 14), pen.glaze.base, 7)
  return { outline: `${head}M-9 30h18v210h-18z`, marks, stance: 'hangs', width: 180, height: 450 }
}

export function knife(pen: Pen): Drawing {
  const board = rounded(-128, -372, 256, 372, 34)
  const hole = ellipse(0, -336, 15, 15)
  const grain = [-84, -40, 6, 52, 92]
    .map((x) =>
      stroke(
        curve([
          [x, -380],
          [x + 10, -250],
          [x - 8, -120],
          [x + 4, 10],
        ]),
        '#8a5a32',
        2.5,
        0.35,
      ),
    )
    .join('')
  const blade = 'M-22-120V-318Q-18-344-2-350Q30-250 26-120z'
  const handle = rounded(-22, -124, 46, 114, 14)
  const marks =
    lit(pen, board, '#d9ac72', 14, grain) +
    paint(hole, INK, 0.55) +
    `<g transform="translate(14 8)" opacity=".22">${paint(blade, INK)}${paint(handle, INK)}</g>` +
    lit(pen, blade, '#d5dce5', 10) +
    stroke('M14-320Q24-240 20-130', LIGHT, 4, 0.8) +
    lit(pen, handle, pen.glaze.base, 9) +
    paint(`${ellipse(1, -98, 5, 5)}${ellipse(1, -66, 5, 5)}${ellipse(1, -34, 5, 5)}`, '#e8c46a')
  return { outline: board, marks, stance: 'stands', width: 270, height: 372 }
}

export function board(pen: Pen): Drawing {
  const shape =
    'M-26-420Q0-440 26-420L32-322Q112-318 116-262V-22Q112 0 90 0H-90Q-112 0-116-22V-262Q-112-318-32-322z'
  const grain = [-96, -60, -22, 18, 58, 94]
    .map((x) =>
      stroke(
        curve([
          [x, -340],
          [x + 12, -220],
          [x - 8, -110],
          [x + 6, 10],
        ]),
        pen.glaze.trim,
        3,
        0.4,
      ),
    )
    .join('')
  const hole = ellipse(0, -392, 12, 13)
  const bread = blob([
    [-86, -6],
    [-90, -60],
    [-40, -96],
    [40, -98],
    [96, -62],
    [92, -6],
  ])
  const cuts = stroke('M-44-84q12 24 6 44M0-90q12 24 6 46M44-86q12 24 6 42', '#f4dcae', 8)
  const marks =
    lit(pen, shape, pen.glaze.base, 14, grain) +
    paint(hole, INK, 0.6) +
    `<g transform="translate(54 22)">${paint(ellipse(6, -4, 104, 16), INK, 0.2)}${lit(pen, bread, '#c98a4b', 14)}${cuts}</g>`
  return { outline: shape, marks, stance: 'stands', width: 250, height: 430 }
}

export function scissors(pen: Pen): Drawing {
  const bow = (side: number) => {
    const d = ellipse(side * 52, 74, 45, 58)
    return (
      stroke(d, pen.glaze.base, 22) +
      `<g transform="translate(3 4)">${stroke(d, INK, 8, 0.2)}</g><g transform="translate(-4 -3)">${stroke(d, LIGHT, 4, 0.45)}</g>`
    )
  }
  const blade = (side: number, colour: string) =>
    lit(
      pen,
      `M${side * 32} 122L${side * -18} 232L${side * -24} 440L${side * 10} 250L${side * 44} 134z`,
      colour,
      8,
    )
  const screw = paint(ellipse(0, 206, 11, 11), '#e8c46a') + paint(ellipse(-3, 203, 4, 4), LIGHT, 0.8)
  const ribbon = stroke('M0 0Q-44 30-52 56M0 0Q44 30 52 56', pen.prop, 7)
  const marks =
    ribbon +
    blade(1, '#c6cfda') +
    bow(1) +
    blade(-1, STEEL) +
    bow(-1) +
    screw +
    paint(ellipse(0, 0, 13, 13), '#7d4e33')
  const outline = `M-40 130h80l-14 110 4 200-30-170-30 170 4-200z${ellipse(-52, 74, 56, 68)}${ellipse(52, 74, 56, 68)}`
  return { outline, marks, stance: 'hangs', width: 220, height: 440 }
}
