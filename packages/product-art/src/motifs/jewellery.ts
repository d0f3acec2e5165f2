import { type Drawing, lit, type Pen, paint, stroke, vessel } from '#brush'
import { INK, LIGHT } from '#colours'
import { curve, ellipse, type Ring, rounded, TILT } from '#paths'

/** Metal wire: the base colour, its shade below and a run of light above. */
function wire(d: string, colour: string, width: number): string {
  return (
    stroke(d, colour, width) +
    `<g transform="translate(2 3)">${stroke(d, INK, width * 0.4, 0.28)}</g><g transform="translate(-2 -3)">${stroke(d, LIGHT, width * 0.22, 0.75)}</g>`
  )
}

/** A cut stone seen from the side: crown, table and facets. */
function stone(pen: Pen, x: number, y: number, size: number, colour: string): string {
  const s = (value: number) => Math.round(value * size)
  return (
    `<g transform="translate(${x} ${y})">${lit(pen, `M${s(-46)} 0L${s(-28)} ${s(-26)}H${s(28)}L${s(46)} 0L0 ${s(48)}z`, colour, 8)}` +
    `${paint(`M${s(-46)} 0L${s(-16)} 0L0 ${s(48)}z`, LIGHT, 0.35)}${paint(`M${s(-28)} ${s(-26)}H${s(6)}L${s(-16)} 0H${s(-46)}z`, LIGHT, 0.5)}${stroke(`M${s(-46)} 0H${s(46)}M${s(16)} 0L0 ${s(48)}`, INK, 2, 0.3)}</g>`
  )
}

/** The velvet cushion or stone block small things are shown on. */
function plinth(pen: Pen, colour: string): string {
  const block: Ring[] = [
    [150, 96, 'corner'],
    [150, 0],
  ]
  return (
    vessel(pen, block, colour) +
    paint(ellipse(0, -96, 150, 150 * TILT), colour) +
    paint(ellipse(0, -96, 150, 150 * TILT), LIGHT, 0.36)
  )
}

const plinthOutline = 'M-150 0V-96H150V0zM-80-96V-260H80V-96z'

export function ring(pen: Pen): Drawing {
  const marks =
    plinth(pen, pen.prop) +
    paint(ellipse(20, -98, 84, 11), INK, 0.25) +
    wire(ellipse(0, -186, 82, 88), pen.glaze.base, 19) +
    stone(pen, 0, -298, 0.95, pen.glaze.trim)
  return { outline: plinthOutline, marks, stance: 'stands', width: 310, height: 330 }
}

export function bracelet(pen: Pen): Drawing {
  const beads = Array.from({ length: 16 }, (_, i) => {
    const turn = (i / 16) * Math.PI * 2
    const [x, y] = [Math.cos(turn) * 112, Math.sin(turn) * 46 - 128]
    return {
      y,
      mark:
        lit(
          pen,
          ellipse(x, y, 24, 23),
          [pen.glaze.base, pen.glaze.trim, pen.glaze.base, pen.prop][i % 4] ?? INK,
          8,
        ) + paint(ellipse(x - 8, y - 9, 5, 4), LIGHT, 0.8),
    }
  })
  const marks =
    plinth(pen, '#f3e3cf') +
    paint(ellipse(14, -92, 128, 20), INK, 0.18) +
    beads
      .toSorted((a, b) => a.y - b.y)
      .map(({ mark }) => mark)
      .join('')
  return {
    outline: 'M-150 0V-96H150V0zM-130-90V-170H130V-90z',
    marks,
    stance: 'stands',
    width: 310,
    height: 210,
  }
}

export function necklace(pen: Pen): Drawing {
  const bust =
    'M-46-396Q-40-330-66-292Q-150-262-150-166Q-146-60-110 0H110Q146-60 150-166Q150-262 66-292Q40-330 46-396Q0-416-46-396z'
  const chain = curve([
    [-62, -302],
    [-60, -230],
    [-30, -176],
    [0, -158],
    [30, -176],
    [60, -230],
    [62, -302],
  ])
  const marks =
    lit(pen, bust, '#efe2d2', 20) +
    stroke(chain, INK, 8, 0.18) +
    wire(chain, pen.glaze.base, 7) +
    wire(ellipse(0, -142, 12, 14), pen.glaze.base, 6) +
    stone(pen, 0, -104, 0.8, pen.glaze.trim)
  return { outline: bust, marks, stance: 'stands', width: 300, height: 410 }
}

export function earrings(pen: Pen): Drawing {
  const one = (x: number) =>
    `<g transform="translate(${x} 0)">${wire(
      curve([
        [0, -322],
        [16, -346],
        [26, -318],
        [4, -286],
      ]),
      pen.glaze.base,
      7,
    )}${wire(ellipse(4, -220, 44, 62), pen.glaze.base, 13)}${lit(pen, ellipse(4, -200, 19, 26), pen.glaze.trim, 7)}${paint(ellipse(-2, -210, 5, 7), LIGHT, 0.8)}</g>`
  const stand =
    stroke('M-118-322H118M0-322V-20', '#8a5a32', 13) + lit(pen, rounded(-90, -26, 180, 26, 12), '#8a5a32', 7)
  return {
    outline:
      'M-120-330h240v16h-240zM-8-322h16v310h-16zM-90-26h180v26h-180zM-130-290h90v130h-90zM50-290h90v130h-90z',
    marks: stand + one(-82) + one(78),
    stance: 'stands',
    width: 290,
    height: 350,
  }
}

export function watch(pen: Pen): Drawing {
  const strap = 'M-46-392H46L56-260H-56zM-56-136H56L44-4H-44z'
  const face = ellipse(0, -198, 84, 84)
  const hours = Array.from(
    { length: 12 },
    (_, i) =>
      `<path d="M0-64v12" transform="translate(0 -198) rotate(${i * 30})" stroke="${INK}" stroke-width="5"/>`,
  ).join('')
  const hand = (turn: number, reach: number, width: number) =>
    `<path d="M0 8V${-reach}" transform="translate(0 -198) rotate(${turn})" stroke="${INK}" stroke-width="${width}"/>`
  const marks =
    lit(pen, strap, pen.glaze.trim, 12) +
    lit(pen, rounded(80, -212, 24, 28, 6), pen.glaze.base, 5) +
    lit(pen, ellipse(0, -198, 102, 102), pen.glaze.base, 14) +
    paint(face, '#fbf6ea') +
    hours +
    hand(Math.floor(pen.random() * 360), 38, 7) +
    hand(Math.floor(pen.random() * 360), 58, 5) +
    paint(ellipse(0, -198, 7, 7), pen.prop)
  return {
    outline: `${strap}${ellipse(0, -198, 102, 102)}`,
    marks,
    stance: 'stands',
    width: 210,
    height: 394,
  }
}
