import { type Drawing, lit, mouth, type Pen, paint, stroke, vessel, within } from '#brush'
import { INK, LIGHT } from '#colours'
import { ellipse, n, polygon, type Ring, rectangle, rounded, TILT } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

const PAPER = '#fbf6ea'

/** A closed book lying flat: cover, the block of its pages, cover. */
function book(pen: Pen, x: number, y: number, w: number, h: number, colour: string): string {
  const pages = rectangle(x + 10, y - h + 9, w - 16, h - 18)
  const leaves = Array.from(
    { length: Math.max(2, Math.floor(h / 9)) },
    (_, i) => `M${x + 12} ${n(y - h + 13 + i * 8)}h${w - 22}`,
  ).join('')
  return (
    paint(pages, PAPER) +
    stroke(leaves, INK, 1.5, 0.25) +
    lit(pen, rounded(x, y - 11, w, 11, 4), colour, 5) +
    lit(pen, rounded(x, y - h, w, 11, 4), colour, 5) +
    lit(pen, rounded(x, y - h, 16, h, 6), colour, 4)
  )
}

export function notebook(pen: Pen): Drawing {
  const shape = rounded(-118, -344, 236, 340, 12)
  const label = rounded(-70, -286, 140, 92, 6)
  const cover =
    paint(rectangle(-118, -344, 40, 344), pen.glaze.trim) +
    paint(label, PAPER) +
    stroke('M-50-258h96M-50-238h96M-50-218h60', INK, 4, 0.5)
  const pencil = `<g transform="translate(150 0) rotate(9)">${lit(pen, rounded(-9, -262, 18, 232, 3), pen.prop, 4)}${paint('M-9-32h18L0-2z', '#e9c99a')}${paint('M-3-12h6L0-2z', INK)}${paint(rounded(-9, -276, 18, 20, 6), '#eda9a4')}</g>`
  const marks =
    pencil +
    `<g transform="translate(22 -6) rotate(3)">${lit(pen, shape, pen.prop, 12)}${paint(rectangle(96, -336, 12, 326), PAPER)}</g>` +
    lit(pen, shape, pen.glaze.base, 14, cover) +
    stroke('M88-344V-6', INK, 6, 0.75)
  return { outline: shape, marks, stance: 'stands', width: 300, height: 350 }
}

export function books(pen: Pen): Drawing {
  const marks =
    book(pen, -170, 0, 330, 62, pen.glaze.base) +
    book(pen, -150, -62, 300, 46, pen.glaze.trim) +
    book(pen, -164, -108, 310, 56, pen.prop) +
    book(pen, -132, -164, 262, 40, pen.glaze.base)
  return { outline: rectangle(-168, -204, 326, 204), marks, stance: 'stands', width: 340, height: 210 }
}

export function pencils(pen: Pen): Drawing {
  const cup: Ring[] = [
    [86, 176],
    [84, 90],
    [80, 0],
  ]
  const colours = [pen.glaze.trim, pen.prop, '#e0a126', pen.glaze.base, '#2f7f7b', '#eda9a4', '#3f58c4']
  const one = (i: number) => {
    const lean = (i - 3) * 6 + between(pen.random, -3, 3)
    const top = between(pen.random, 318, 372)
    const colour = colours[i] ?? INK
    return `<g transform="translate(${(i - 3) * 17} -40) rotate(${n(lean)})">${lit(pen, rectangle(-10, -top + 74, 20, top - 74), colour, 4)}${paint(`M-10 ${n(-top + 75)}h20L0 ${n(-top + 28)}z`, '#ecd0a4')}${paint(`M-4 ${n(-top + 47)}h8L0 ${n(-top + 28)}z`, colour)}</g>`
  }
  const behind = [0, 6, 1, 5, 2, 4, 3].map(one).join('')
  const inside = `${ellipse(0, -176, 79, 79 * TILT)}M-300-176V-500H300V-176z`
  const marks =
    vessel(pen, cup, pen.glaze.base, stroke('M-90-120a90 15 0 0 0 180 0', pen.glaze.trim, 16)) +
    mouth(pen, 86, 176, pen.glaze.base) +
    within(pen, inside, behind)
  return {
    outline: `${turned(cup)}M-70-170l-50-150h220l-20 150z`,
    marks,
    stance: 'stands',
    width: 270,
    height: 400,
  }
}

/** A print of its own for the frame: a hill, a sun and a sea, arranged by chance. */
function print(pen: Pen): string {
  const sun = between(pen.random, -60, 60)
  const swell = between(pen.random, -20, 26)
  return (
    paint(rectangle(-130, -380, 260, 340), pen.glaze.trim) +
    paint(ellipse(sun, -250, 62, 62), pen.prop) +
    paint(`M-130-190Q-60 ${-250 + swell} 10-186T130-200V-40H-130z`, pen.glaze.base) +
    paint(`M-130-140Q-40 ${-190 - swell} 60-128T130-136V-40H-130z`, INK, 0.45) +
    stroke('M-92-86h76M-40-66h96M-104-106h40', PAPER, 4, 0.7)
  )
}

export function poster(pen: Pen): Drawing {
  const frame = rectangle(-148, -420, 296, 420)
  const sheet = rectangle(-134, -406, 268, 392)
  const picture = rectangle(-104, -372, 208, 300)
  const marks =
    lit(pen, frame, '#8a5a32', 7) +
    paint(sheet, PAPER) +
    within(pen, picture, print(pen)) +
    stroke('M-104-46h70', INK, 5, 0.7) +
    paint(rectangle(82, -52, 22, 12), pen.prop) +
    paint(
      polygon([
        [-134, -406],
        [20, -406],
        [-134, -180],
      ]),
      LIGHT,
      0.22,
    ) +
    stroke('M-134-406V-14M-134-406H134', INK, 4, 0.18)
  return { outline: frame, marks, stance: 'stands', width: 300, height: 420 }
}

export function envelopes(pen: Pen): Drawing {
  const one = (turn: number, dx: number, dy: number, colour: string) =>
    `<g transform="translate(${dx} ${dy}) rotate(${turn})">${lit(pen, rounded(-150, -190, 300, 190, 6), colour, 10)}${stroke('M-148-186L0-82L148-186', INK, 4, 0.3)}${paint('M-148-188H148L0-84z', LIGHT, 0.25)}</g>`
  const seal = paint(ellipse(10, -96, 22, 20), pen.prop) + paint(ellipse(5, -101, 9, 7), LIGHT, 0.4)
  const stamp = `<g transform="translate(-18 -150) rotate(-4)">${lit(pen, rounded(-104, -196, 208, 150, 4), PAPER, 8)}${paint(rectangle(52, -182, 38, 46), pen.prop)}${paint(ellipse(71, -158, 12, 12), pen.glaze.base)}${stroke('M-78-118h92M-78-98h120M-78-78h70', INK, 4, 0.5)}</g>`
  const marks =
    stamp +
    one(5, 14, -30, pen.glaze.trim) +
    one(-4, -6, -12, pen.prop) +
    one(1.5, 8, 0, pen.glaze.base) +
    seal
  return { outline: rounded(-150, -330, 310, 330, 10), marks, stance: 'stands', width: 320, height: 340 }
}

export function calendar(pen: Pen): Drawing {
  const sheet = 'M-128 60H128V400q-60 8-128 0t-128 0z'
  const days = Array.from(
    { length: 30 },
    (_, i) => [-92 + (i % 6) * 37, 262 + Math.floor(i / 6) * 27] as const,
  )
  const dots = days.map(([x, y]) => `M${x} ${y}h0`).join('')
  const today = days[Math.floor(pen.random() * 30)] ?? [0, 300]
  const marks =
    stroke('M0 0L-96 58M0 0L96 58', INK, 4, 0.7) +
    paint(ellipse(0, 0, 9, 9), '#8a5a32') +
    lit(
      pen,
      sheet,
      PAPER,
      10,
      `<g transform="translate(0 444) scale(.98 .7)">${print(pen)}</g>${paint(rectangle(-140, 236, 280, 200), PAPER)}`,
    ) +
    stroke(dots, INK, 9, 0.65) +
    stroke(ellipse(today[0], today[1], 15, 13), '#e8643c', 4) +
    lit(pen, rounded(-140, 48, 280, 20, 10), '#8a5a32', 6)
  return { outline: sheet, marks, stance: 'hangs', width: 270, height: 410 }
}
