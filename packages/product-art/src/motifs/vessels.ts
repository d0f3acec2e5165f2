import { type Drawing, dip, lit, mouth, type Pen, paint, rings, stroke, vessel, within } from '#brush'
import { INK, LIGHT } from '#colours'
import { curve, ellipse, type Ring, TILT } from '#paths'
import { between } from '#random'
import { turned } from '#turned'

const stands = (outline: string, marks: string, width: number, height: number): Drawing => ({
  outline,
  marks,
  stance: 'stands',
  width,
  height,
})

/** One of the three ways this shop's potters finish a body: dipped, banded, or left plain with throwing lines. */
function finish(pen: Pen, form: readonly Ring[], height: number): string {
  const widest = Math.max(...form.map(([radius]) => radius))
  const way = pen.random()
  if (way < 0.4) return paint(dip(pen, widest, height * between(pen.random, 0.34, 0.46)), pen.glaze.trim)
  if (way < 0.7) {
    const at = height * between(pen.random, 0.52, 0.66)
    return rings(form, [at, at - 17], pen.glaze.trim, 7) + rings(form, [at - 34], pen.glaze.trim, 3)
  }
  const lines = Array.from({ length: 7 }, (_, i) => height * (0.14 + i * 0.11))
  return rings(form, lines, INK, 2, 0.22)
}

/** The wire-drawn ear of a mug or jug: a thick curve with its own light. */
function ear(d: string, colour: string, width: number): string {
  return (
    stroke(d, colour, width) +
    `<g transform="translate(3 4)">${stroke(d, INK, width * 0.45, 0.22)}</g>` +
    `<g transform="translate(-3 -3)">${stroke(d, LIGHT, 3, 0.5)}</g>`
  )
}

export function vase(pen: Pen): Drawing {
  const belly = between(pen.random, 118, 140)
  const form: Ring[] = [
    [58, 372],
    [46, 346],
    [44, 310],
    [84, 262],
    [belly, 176],
    [belly * 0.86, 80],
    [70, 10],
    [66, 0],
  ]
  const marks =
    vessel(pen, form, pen.glaze.base, finish(pen, form, 300)) + mouth(pen, 58, 372, pen.glaze.base)
  return stands(turned(form), marks, 280, 384)
}

export function bowl(pen: Pen): Drawing {
  const form: Ring[] = [
    [172, 158],
    [160, 104],
    [118, 46],
    [70, 22, 'corner'],
    [74, 0],
  ]
  const band = rings(form, [128, 118], pen.glaze.trim, 6)
  const inside = ellipse(0, -158, 162, 162 * TILT)
  const fruit = [-62, 6, 66].map((x, i) =>
    lit(pen, ellipse(x, -172 - (i % 2) * 14, 46, 44), i === 1 ? pen.prop : '#e8b13a', 10),
  )
  const marks =
    vessel(pen, form, pen.glaze.base, band) +
    mouth(pen, 172, 158, pen.glaze.base, 8) +
    within(pen, `${inside}M-172-158V-400H172V-158z`, fruit.join(''))
  return stands(turned(form), marks, 344, 230)
}

export function mug(pen: Pen): Drawing {
  const form: Ring[] = [
    [88, 196],
    [88, 150],
    [92, 70],
    [86, 16],
    [74, 0],
  ]
  const handle = curve([
    [82, -160],
    [136, -168],
    [160, -112],
    [134, -58],
    [84, -52],
  ])
  const coffee = paint(ellipse(0, -190, 76, 76 * TILT - 2), '#5b3327')
  const marks =
    ear(handle, pen.glaze.base, 24) +
    vessel(pen, form, pen.glaze.base, finish(pen, form, 190)) +
    mouth(pen, 88, 196, pen.glaze.base) +
    coffee
  return stands(turned(form), marks, 300, 220)
}

export function jug(pen: Pen): Drawing {
  const form: Ring[] = [
    [70, 318],
    [62, 280],
    [66, 240],
    [108, 150],
    [112, 90],
    [84, 16],
    [80, 0],
  ]
  const handle = curve([
    [58, -292],
    [128, -306],
    [164, -232],
    [140, -158],
    [98, -140],
  ])
  const spout = 'M-66-300C-92-326-112-338-124-340C-118-318-92-280-66-258Z'
  const marks =
    ear(handle, pen.glaze.base, 24) +
    lit(pen, spout, pen.glaze.base, 8) +
    vessel(pen, form, pen.glaze.base, finish(pen, form, 270)) +
    mouth(pen, 70, 318, pen.glaze.base)
  return stands(turned(form), marks, 300, 340)
}

export function plates(pen: Pen): Drawing {
  const plate = (height: number, radius: number, colour: string) =>
    vessel(
      pen,
      [
        [radius, height + 26],
        [radius * 0.86, height + 8],
        [radius * 0.52, height],
      ],
      colour,
    ) +
    paint(ellipse(0, -height - 26, radius, radius * TILT), colour) +
    paint(ellipse(0, -height - 26, radius, radius * TILT), LIGHT, 0.45)
  const well = (share: number, colour: string, strength = 1) =>
    paint(ellipse(0, -120, 180 * share, 180 * share * TILT), colour, strength)
  const marks =
    [0, 24, 48, 70]
      .map((height, i) => plate(height, i % 2 ? 172 : 180, i % 2 ? pen.glaze.trim : pen.glaze.base))
      .join('') +
    plate(94, 180, pen.glaze.base) +
    well(0.94, pen.glaze.base) +
    well(0.9, pen.glaze.trim) +
    well(0.86, pen.glaze.base) +
    well(0.62, INK, 0.2) +
    `<g transform="translate(4 3)">${well(0.58, pen.glaze.base)}${well(0.58, LIGHT, 0.16)}</g>`
  const foot: Ring[] = [
    [178, 112],
    [176, 40],
    [100, 0],
  ]
  return stands(turned(foot), marks, 360, 150)
}

export function teapot(pen: Pen): Drawing {
  const form: Ring[] = [
    [54, 214],
    [112, 180],
    [136, 112],
    [112, 36],
    [80, 0],
  ]
  const lid: Ring[] = [
    [10, 252],
    [40, 240],
    [62, 212],
  ]
  const spout = 'M-108-92C-156-104-166-160-190-204L-160-214C-144-176-136-162-96-156Z'
  const bail = curve([
    [-92, -186],
    [-104, -300],
    [0, -352],
    [104, -300],
    [92, -186],
  ])
  const marks =
    lit(pen, spout, pen.glaze.base, 9) +
    vessel(pen, form, pen.glaze.base, rings(form, [150], pen.glaze.trim, 7)) +
    vessel(pen, lid, pen.glaze.base) +
    lit(pen, ellipse(0, -264, 17, 16), pen.glaze.trim, 6) +
    ear(bail, '#b9854f', 13)
  return stands(turned(form), marks, 350, 358)
}

export function carafe(pen: Pen): Drawing {
  const form: Ring[] = [
    [42, 356],
    [34, 330],
    [32, 268],
    [78, 196],
    [98, 96],
    [92, 16],
    [84, 0],
  ]
  const level = 'M-110-150H110V60H-110z'
  const water = paint(level, pen.glaze.trim, 0.65) + paint(ellipse(0, -150, 88, 88 * TILT), LIGHT, 0.4)
  const tumbler: Ring[] = [
    [46, 104],
    [44, 50],
    [40, 0],
  ]
  const marks =
    `<g opacity=".9">${vessel(pen, form, pen.glaze.base, water)}</g>` +
    mouth(pen, 42, 356, pen.glaze.base, 5) +
    `<g transform="translate(128 26)">${vessel(pen, tumbler, pen.glaze.trim)}${mouth(pen, 46, 104, pen.glaze.trim, 5)}</g>`
  return stands(`${turned(form)}M84-80h88v90h-88z`, marks, 300, 364)
}

export function jar(pen: Pen): Drawing {
  const form: Ring[] = [
    [78, 250],
    [74, 232],
    [112, 196],
    [120, 96],
    [108, 16],
    [98, 0],
  ]
  const lid: Ring[] = [
    [82, 276],
    [86, 268, 'corner'],
    [86, 246],
  ]
  const label = 'M-70-156h92v74h-92z'
  const marks =
    vessel(
      pen,
      form,
      pen.glaze.base,
      paint(label, pen.glaze.trim) + stroke('M-54-134h60M-54-118h44M-54-102h52', INK, 4, 0.6),
    ) +
    vessel(pen, lid, '#b9854f') +
    paint(ellipse(0, -276, 82, 82 * TILT), '#d3a068') +
    lit(pen, ellipse(0, -294, 20, 18), '#b9854f', 7)
  return stands(turned(form), marks, 250, 312)
}
