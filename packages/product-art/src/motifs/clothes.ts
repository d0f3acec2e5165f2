import { type Drawing, lit, type Pen, paint, stroke, within } from '#brush'
import { INK, LIGHT } from '#colours'
import { curve, ellipse, rectangle, rounded } from '#paths'
import { fold } from './cloth'

const hanger = (stretch = 1) =>
  stroke('M0 40V22C0 8 20 8 18-8C16-24-14-24-16-6', '#6d7a8f', 6) +
  stroke(`M${-112 * stretch} 96Q-20 52 0 40Q20 52 ${112 * stretch} 96`, '#8a5a32', 12)

const hangs = (outline: string, marks: string, height: number): Drawing => ({
  outline,
  marks,
  stance: 'hangs',
  width: 340,
  height,
})

const body = 'M-46 66Q0 92 46 66L128 96L122 420Q0 438-122 420L-128 96z'
const sleeves = 'M-128 94L-60 70L-96 356Q-130 372-160 352zM128 94L60 70L96 356Q130 372 160 352z'
const shortSleeves = 'M-128 94L-50 68L-104 216Q-150 206-182 176zM128 94L50 68L104 216Q150 206 182 176z'
const folds =
  fold(
    curve([
      [-70, 150],
      [-84, 260],
      [-78, 400],
    ]),
  ) +
  fold(
    curve([
      [84, 170],
      [76, 280],
      [86, 404],
    ]),
  )

/** Stripes, checks or nothing, over a garment. */
function cloth(pen: Pen): string {
  const way = pen.random()
  const across =
    'M-200 130H200M-200 170H200M-200 210H200M-200 250H200M-200 290H200M-200 330H200M-200 370H200M-200 410H200'
  const down = 'M-112 40V440M-72 40V440M-32 40V440M8 40V440M48 40V440M88 40V440M128 40V440'
  if (way < 0.34) return stroke(across, pen.glaze.trim, 9)
  if (way < 0.58) return stroke(across, pen.glaze.trim, 7, 0.55) + stroke(down, pen.glaze.trim, 7, 0.55)
  return ''
}

export function shirt(pen: Pen): Drawing {
  const pattern = cloth(pen)
  const buttons = [150, 206, 262, 318, 374].map((y) => ellipse(0, y, 6, 6)).join('')
  const marks =
    hanger() +
    lit(pen, sleeves, pen.glaze.base, 11, pattern) +
    stroke('M-158 338Q-130 356-98 342M158 338Q130 356 98 342', pen.glaze.trim, 6, 0.8) +
    lit(pen, body, pen.glaze.base, 14, pattern) +
    folds +
    paint(rectangle(-13, 92, 26, 332), INK, 0.1) +
    stroke('M-13 92V424M13 92V424', INK, 2.5, 0.25) +
    paint(buttons, pen.glaze.trim) +
    lit(pen, 'M-50 62Q0 44 0 44L0 104L-34 124zM50 62Q0 44 0 44L0 104L34 124z', pen.glaze.base, 5) +
    lit(pen, rounded(40, 168, 54, 62, 6), pen.glaze.base, 5)
  return hangs(`${body}${sleeves}`, marks, 430)
}

export function tee(pen: Pen): Drawing {
  const pattern = cloth(pen)
  const marks =
    hanger() +
    lit(pen, shortSleeves, pen.glaze.base, 11, pattern) +
    lit(pen, body, pen.glaze.base, 14, pattern) +
    paint('M-48 64Q0 122 48 64Q0 84-48 64z', INK, 0.5) +
    stroke('M-50 66Q0 126 50 66', pen.glaze.trim, 10) +
    folds
  return hangs(`${body}${shortSleeves}`, marks, 430)
}

export function jumper(pen: Pen): Drawing {
  const knit = Array.from({ length: 9 }, (_, i) => `M-190 ${120 + i * 32}${'l16 10l16-10'.repeat(12)}`).join(
    '',
  )
  const pattern = stroke(knit, pen.glaze.trim, 4, 0.75)
  const ribs =
    'M-110 404v24M-88 406v24M-66 408v24M-44 410v24M-22 411v24M0 412v24M22 411v24M44 410v24M66 408v24M88 406v24M110 404v24'
  const marks =
    hanger() +
    lit(pen, sleeves, pen.glaze.base, 12, pattern) +
    lit(pen, body, pen.glaze.base, 15, pattern) +
    paint('M-50 62Q0 108 50 62Q0 80-50 62z', INK, 0.5) +
    stroke('M-52 66Q0 116 52 66', pen.glaze.base, 17) +
    stroke('M-52 66Q0 116 52 66', INK, 17, 0.14) +
    stroke(ribs, INK, 4, 0.25) +
    folds
  return hangs(`${body}${sleeves}`, marks, 436)
}

export function jacket(pen: Pen): Drawing {
  const pocket = (x: number) =>
    lit(pen, rounded(x, 296, 66, 74, 6), pen.glaze.base, 6) + stroke(`M${x} 314h66`, pen.glaze.trim, 5)
  const teeth = Array.from({ length: 19 }, (_, i) => `M-5 ${132 + i * 15}h10`).join('')
  const marks =
    hanger() +
    lit(pen, sleeves, pen.glaze.base, 13) +
    stroke('M-158 334Q-130 352-98 338M158 334Q130 352 98 338', pen.glaze.trim, 13) +
    lit(pen, body, pen.glaze.base, 16) +
    folds +
    stroke('M0 116V422', INK, 7, 0.55) +
    stroke(teeth, '#e8c46a', 4) +
    lit(pen, 'M-50 60L-4 48L-2 118L-62 148L-72 88zM50 60L4 48L2 118L62 148L72 88z', pen.glaze.trim, 7) +
    pocket(-92) +
    pocket(26) +
    within(pen, body, stroke('M-130 412Q0 432 130 412', pen.glaze.trim, 16))
  return hangs(`${body}${sleeves}`, marks, 432)
}

export function skirt(pen: Pen): Drawing {
  const shape = 'M-72 92Q0 104 72 92L150 420Q0 452-150 420z'
  const pleats = 'M-52 100L-104 428M-26 104L-52 436M0 104V440M26 104L52 436M52 100L104 428'
  const marks =
    hanger(0.64) +
    lit(pen, shape, pen.glaze.base, 15, cloth(pen)) +
    stroke(pleats, INK, 4, 0.2) +
    lit(pen, rounded(-76, 82, 152, 30, 6), pen.glaze.trim, 6) +
    stroke('M-58 70v26M58 70v26', '#6d7a8f', 8)
  return hangs(shape, marks, 440)
}

export function shoes(pen: Pen): Drawing {
  const upper = 'M-86-196H4Q10-150 44-112Q92-92 132-78Q160-64 160-34H-96Q-104-110-86-196z'
  const laces = 'M14-150l-40 8M24-132l-42 12M40-114l-42 16'
  const shoe =
    lit(pen, upper, pen.glaze.base, 12) +
    lit(pen, 'M96-92Q160-74 160-34H70Q72-70 96-92z', pen.glaze.trim, 7) +
    stroke(laces, LIGHT, 8) +
    stroke('M-84-176H6', pen.glaze.trim, 12) +
    paint(ellipse(-46, -120, 26, 26), pen.glaze.trim) +
    paint(ellipse(-46, -120, 14, 14), pen.glaze.base) +
    lit(pen, rounded(-102, -36, 270, 36, 14), '#fbf6ea', 8) +
    stroke('M-92-14H158', pen.prop, 5)
  const marks = `<g transform="translate(44 -34)">${shoe}</g><g transform="translate(-40 4)">${shoe}</g>`
  return { outline: `M-136 0V-196H50L110-90L180-60V0z`, marks, stance: 'stands', width: 350, height: 236 }
}

export function bag(pen: Pen): Drawing {
  const shape = 'M-146-218Q-150-236-128-238H128Q150-236 146-218L164-22Q166 0 144 0H-144Q-166 0-164-22z'
  const strap = curve([
    [-84, -226],
    [-78, -330],
    [0, -376],
    [78, -330],
    [84, -226],
  ])
  const flap = 'M-148-222Q-150-240-128-240H128Q150-240 148-222L140-128Q0-86-140-128z'
  const marks =
    stroke(strap, pen.glaze.trim, 16) +
    `<g transform="translate(3 4)">${stroke(strap, INK, 6, 0.25)}</g>` +
    lit(pen, shape, pen.glaze.base, 18) +
    lit(pen, flap, pen.glaze.base, 12) +
    stroke('M-130-140Q0-100 130-140', pen.glaze.trim, 3.5, 0.9) +
    lit(pen, rounded(-22, -136, 44, 48, 8), pen.glaze.trim, 6) +
    paint(ellipse(0, -108, 8, 8), '#e8c46a')
  return {
    outline: `${shape}M-90-226h14l20-120h112l20 120h14l-30-150h-120z`,
    marks,
    stance: 'stands',
    width: 330,
    height: 384,
  }
}
