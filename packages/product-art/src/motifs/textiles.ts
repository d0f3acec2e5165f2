import { type Drawing, lit, type Pen, paint, stroke } from '#brush'
import { INK, LIGHT } from '#colours'
import { blob, curve, ellipse, n, rectangle, rounded } from '#paths'
import { between } from '#random'
import { fold, stripes } from './cloth'

/** The cushion's weave, by chance: stripes, a chequer of stitches, or a broad border. */
function weave(pen: Pen): string {
  const way = pen.random()
  if (way < 0.4) return stripes([-276, -222, -168, -114, -60], pen.glaze.trim, 13)
  if (way < 0.7) {
    const crosses = Array.from(
      { length: 42 },
      (_, i) => `M${-156 + (i % 7) * 52} ${-300 + Math.floor(i / 7) * 52}m-8-8l16 16m0-16l-16 16`,
    )
    return stroke(crosses.join(''), pen.glaze.trim, 5)
  }
  return paint(
    `${rectangle(-260, -400, 520, 400)}${rounded(-104, -264, 208, 196, 20)}`,
    pen.glaze.trim,
  ).replace('/>', ' fill-rule="evenodd"/>')
}

export function cushion(pen: Pen): Drawing {
  const shape = blob([
    [-172, -6],
    [-156, -160],
    [-176, -312],
    [0, -290],
    [178, -318],
    [160, -160],
    [176, -4],
    [0, -16],
  ])
  const tuft =
    fold(
      curve([
        [-150, -290],
        [-112, -250],
        [-96, -220],
      ]),
    ) +
    fold(
      curve([
        [150, -34],
        [112, -70],
        [98, -104],
      ]),
    ) +
    fold(
      curve([
        [150, -292],
        [120, -256],
        [110, -226],
      ]),
    )
  return {
    outline: shape,
    marks: lit(pen, shape, pen.glaze.base, 20, weave(pen)) + tuft,
    stance: 'stands',
    width: 340,
    height: 320,
  }
}

export function blanket(pen: Pen): Drawing {
  const layer = (y: number, colour: string, bands: string) => {
    const shape = rounded(-172, y - 64, 344, 66, 30)
    return (
      lit(pen, shape, colour, 12, bands) +
      stroke(
        curve([
          [-150, y - 30],
          [-40, y - 26],
          [80, y - 32],
          [158, y - 30],
        ]),
        INK,
        3,
        0.25,
      )
    )
  }
  const uprights = (colour: string) => stroke('M-96-400V20M-70-400V20M96-400V20', colour, 12)
  const fringe = Array.from(
    { length: 17 },
    (_, i) => `M${-160 + i * 20} -2l${n(between(pen.random, -5, 5))} 22`,
  ).join('')
  const marks =
    stroke(fringe, pen.glaze.trim, 6) +
    layer(0, pen.glaze.base, uprights(pen.glaze.trim)) +
    layer(-60, pen.glaze.trim, uprights(pen.glaze.base)) +
    layer(-120, pen.glaze.base, uprights(pen.glaze.trim)) +
    layer(-180, pen.prop, '')
  return { outline: rounded(-172, -244, 344, 246, 30), marks, stance: 'stands', width: 346, height: 250 }
}

/** A wooden peg and the loop a cloth hangs by. */
const peg = (colour: string) =>
  stroke('M0-4q-16 22 0 38', colour, 7) +
  paint(ellipse(0, 0, 16, 16), '#8a5a32') +
  paint(ellipse(-4, -4, 7, 6), LIGHT, 0.5)

export function towel(pen: Pen): Drawing {
  const shape = `M-14 22C-70 40-104 60-112 96L-122 446q60 12 122 0t122 0L112 96C104 60 70 40 14 22z`
  const bands =
    stripes([372, 394], pen.glaze.trim, 12) +
    stripes([352], pen.glaze.trim, 4) +
    stripes([120, 140], pen.glaze.trim, 6)
  const folds =
    fold(
      curve([
        [-10, 44],
        [-50, 160],
        [-44, 420],
      ]),
    ) +
    fold(
      curve([
        [14, 50],
        [40, 190],
        [34, 424],
      ]),
    ) +
    fold(
      curve([
        [30, 50],
        [84, 160],
        [86, 330],
      ]),
    )
  return {
    outline: shape,
    marks: lit(pen, shape, pen.glaze.base, 14, bands) + folds + peg(pen.glaze.trim),
    stance: 'hangs',
    width: 250,
    height: 450,
  }
}

export function apron(pen: Pen): Drawing {
  const shape = 'M-58 92H58C62 150 88 176 132 190L140 452q-70 14-140 2t-140-2L-132 190C-88 176-62 150-58 92z'
  const strap = stroke('M-54 96C-60 40-20 8 0 4C20 8 60 40 54 96', pen.glaze.trim, 11)
  const ties =
    stroke(
      curve([
        [-130, 196],
        [-168, 240],
        [-160, 330],
      ]),
      pen.glaze.trim,
      9,
    ) +
    stroke(
      curve([
        [130, 196],
        [172, 250],
        [158, 350],
      ]),
      pen.glaze.trim,
      9,
    )
  const pocket = 'M-84 272H84V366Q84 384 66 384H-66Q-84 384-84 366z'
  const marks =
    ties +
    strap +
    lit(pen, shape, pen.glaze.base, 14) +
    lit(pen, pocket, pen.glaze.base, 8) +
    stroke('M-76 282H76M0 276v104', pen.glaze.trim, 3.5, 0.9) +
    fold(
      curve([
        [-92, 210],
        [-108, 300],
        [-100, 430],
      ]),
    ) +
    fold(
      curve([
        [100, 214],
        [112, 320],
        [104, 436],
      ]),
    ) +
    peg(pen.glaze.trim)
  return { outline: shape, marks, stance: 'hangs', width: 300, height: 460 }
}
