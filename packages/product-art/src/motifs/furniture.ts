import { type Drawing, lit, type Pen, paint, stroke } from '#brush'
import { INK, LIGHT } from '#colours'
import { blob, curve, ellipse, rectangle, rounded, TILT } from '#paths'
import { box, post } from '#solids'

const WOOD = '#b9854f'
const FLOOR_LEG = '#8a5a32'

const stands = (outline: string, marks: string, width: number, height: number): Drawing => ({
  outline,
  marks,
  stance: 'stands',
  width,
  height,
})

export function stool(pen: Pen): Drawing {
  const seat = 'M-130-262a130 24 0 0 1 260 0v24a130 24 0 0 1-260 0z'
  const marks =
    post(-64, -238, 20, 200, FLOOR_LEG, -20) +
    post(46, -238, 20, 200, FLOOR_LEG, 20) +
    post(-106, -230, 24, 230, pen.glaze.trim, -26) +
    post(82, -230, 24, 230, pen.glaze.trim, 26) +
    stroke('M-118-92q118 24 236 0', pen.glaze.trim, 13) +
    lit(pen, seat, pen.glaze.base, 14) +
    paint(ellipse(0, -262, 130, 130 * TILT), pen.glaze.base) +
    paint(ellipse(0, -262, 130, 130 * TILT), LIGHT, 0.32) +
    stroke(ellipse(6, -262, 84, 84 * TILT), INK, 2, 0.25)
  return stands(`${seat}M-106-240h24l-20 240h-26zM82-240h24l22 240h-22z`, marks, 290, 290)
}

export function chair(pen: Pen): Drawing {
  const back = 'M-112-420Q0-452 112-420L106-352Q0-380-106-352z'
  const seat = 'M-122-216Q0-238 122-216L138-176Q0-156-138-176z'
  const marks =
    post(-104, -424, 19, 400, FLOOR_LEG, -4) +
    post(85, -424, 19, 400, FLOOR_LEG, 4) +
    [-52, -8, 36].map((x) => post(x, -372, 14, 160, FLOOR_LEG)).join('') +
    lit(pen, back, pen.glaze.base, 10) +
    post(-130, -178, 22, 178, pen.glaze.trim, -8) +
    post(108, -178, 22, 178, pen.glaze.trim, 8) +
    stroke('M-122-86H124', pen.glaze.trim, 11) +
    lit(pen, seat, pen.glaze.base, 12)
  return stands(`${back}${seat}M-112-420h22v420h-40zM90-420h22l20 420h-30z`, marks, 290, 440)
}

export function armchair(pen: Pen): Drawing {
  const back = rounded(-136, -330, 272, 240, 76)
  const arm = (x: number) => lit(pen, rounded(x, -196, 76, 170, 36), pen.glaze.base, 12)
  const seat = rounded(-108, -150, 216, 84, 30)
  const marks =
    post(-132, -40, 20, 40, FLOOR_LEG, -8) +
    post(112, -40, 20, 40, FLOOR_LEG, 8) +
    lit(pen, back, pen.glaze.base, 18) +
    stroke(
      curve([
        [-60, -300],
        [-52, -240],
        [-58, -170],
      ]),
      INK,
      4,
      0.18,
    ) +
    stroke(
      curve([
        [60, -300],
        [54, -240],
        [58, -170],
      ]),
      INK,
      4,
      0.18,
    ) +
    lit(pen, rounded(-150, -96, 300, 66, 22), pen.glaze.base, 12) +
    lit(pen, seat, pen.glaze.base, 14) +
    arm(-176) +
    arm(100) +
    `<g transform="translate(-20 -128) rotate(-8) scale(.42)">${lit(
      pen,
      blob([
        [-150, 0],
        [-140, -130],
        [-152, -262],
        [0, -250],
        [152, -264],
        [140, -130],
        [150, 0],
        [0, -10],
      ]),
      pen.glaze.trim,
      22,
    )}</g>`
  return stands(`${back}M-176-190h352v170h-352zM-136-20h30v20h-30zM106-20h30v20h-30z`, marks, 360, 340)
}

export function sofa(pen: Pen): Drawing {
  const body = rounded(-196, -176, 392, 146, 26)
  const back = rounded(-176, -250, 352, 160, 44)
  const arm = (x: number) => lit(pen, rounded(x, -190, 62, 160, 30), pen.glaze.base, 12)
  const pillow = (x: number, turn: number, colour: string) =>
    `<g transform="translate(${x} -122) rotate(${turn}) scale(.34)">${lit(
      pen,
      blob([
        [-150, 0],
        [-138, -130],
        [-152, -262],
        [0, -250],
        [152, -264],
        [138, -130],
        [150, 0],
        [0, -10],
      ]),
      colour,
      22,
    )}</g>`
  const marks =
    post(-176, -36, 18, 36, FLOOR_LEG, -6) +
    post(158, -36, 18, 36, FLOOR_LEG, 6) +
    lit(pen, back, pen.glaze.base, 16) +
    stroke('M0-244V-130', INK, 4, 0.22) +
    lit(pen, body, pen.glaze.base, 14) +
    lit(pen, rounded(-140, -146, 142, 62, 20), pen.glaze.base, 12) +
    lit(pen, rounded(0, -146, 142, 62, 20), pen.glaze.base, 12) +
    pillow(-92, -10, pen.glaze.trim) +
    pillow(96, 9, pen.prop) +
    arm(-212) +
    arm(150) +
    stroke('M-190-32H190', pen.glaze.trim, 6, 0.7)
  return stands(`${back}M-210-180h420v150h-420z`, marks, 424, 256)
}

export function table(pen: Pen): Drawing {
  const top = 'M-206-226Q-206-250 0-250T206-226v16Q206-188 0-188T-206-210z'
  const face = 'M-206-226Q-206-252 0-252T206-226Q206-202 0-202T-206-226z'
  const marks =
    post(-120, -210, 18, 168, FLOOR_LEG, -8) +
    post(102, -210, 18, 168, FLOOR_LEG, 8) +
    post(-160, -204, 24, 204, pen.glaze.trim, -18) +
    post(136, -204, 24, 204, pen.glaze.trim, 18) +
    lit(pen, top, pen.glaze.base, 12) +
    paint(face, pen.glaze.base) +
    paint(face, LIGHT, 0.3) +
    stroke('M-150-228q150-14 300 0M-110-216q110-10 230 0', INK, 2, 0.25) +
    `<g transform="translate(-54 -226) scale(.42)">${lit(pen, 'M-40 0Q-70-60-40-110Q-22-140-26-190H26Q22-140 40-110Q70-60 40 0z', pen.prop, 16)}${stroke('M0-190V-330M0-250l-46-50M0-270l44-60', '#4d6a3a', 9)}${paint(ellipse(-50, -310, 26, 34), '#6f8244')}${paint(ellipse(48, -340, 26, 34), '#4d6a3a')}${paint(ellipse(0, -352, 28, 36), '#6f8244')}</g>`
  return stands(`${top}M-160-210h24l-16 210h-26zM136-210h24l18 210h-26z`, marks, 414, 390)
}

export function drawers(pen: Pen): Drawing {
  const drawer = (y: number) =>
    lit(pen, rounded(-130, y, 260, 72, 5), pen.glaze.base, 7) +
    lit(pen, ellipse(-58, y + 36, 9, 9), pen.glaze.trim, 3) +
    lit(pen, ellipse(58, y + 36, 9, 9), pen.glaze.trim, 3)
  const marks =
    post(-142, -44, 22, 44, FLOOR_LEG, -6) +
    post(120, -44, 22, 44, FLOOR_LEG, 6) +
    box(pen, -150, -36, 300, 276, 34, pen.glaze.base) +
    paint(rectangle(-138, -298, 276, 250), INK, 0.22) +
    drawer(-296) +
    drawer(-214) +
    drawer(-132)
  return stands('M-150 0V-312L-138-346H138L150-312V0z', marks, 310, 350)
}

export function bed(pen: Pen): Drawing {
  const head = rounded(-196, -286, 392, 220, 26)
  const cover = 'M-188-142Q0-164 188-142L200-40Q0-20-200-40z'
  const pillow = (x: number) => lit(pen, rounded(x, -196, 148, 66, 28), '#fbf6ea', 12)
  const marks =
    post(-192, -60, 22, 60, FLOOR_LEG) +
    post(170, -60, 22, 60, FLOOR_LEG) +
    lit(pen, head, WOOD, 12) +
    stroke('M-98-282V-140M0-282V-140M98-282V-140', INK, 3, 0.2) +
    pillow(-162) +
    pillow(14) +
    lit(
      pen,
      cover,
      pen.glaze.base,
      14,
      stroke('M-220-92Q0-70 220-92M-220-76Q0-54 220-76', pen.glaze.trim, 7),
    ) +
    lit(pen, rounded(-206, -46, 412, 28, 6), WOOD, 6)
  return stands(`${head}M-206-60h412v42h-412z`, marks, 414, 290)
}

export function beanbag(pen: Pen): Drawing {
  const shape = blob([
    [-176, -26],
    [-168, -120],
    [-92, -214],
    [-24, -286],
    [44, -280],
    [104, -206],
    [172, -118],
    [180, -24],
    [90, -2],
    [-80, -2],
  ])
  const seams =
    stroke(
      curve([
        [10, -284],
        [-52, -190],
        [-84, -90],
        [-80, -4],
      ]),
      INK,
      4,
      0.25,
    ) +
    stroke(
      curve([
        [14, -284],
        [62, -200],
        [96, -110],
        [98, -4],
      ]),
      INK,
      4,
      0.25,
    )
  const marks =
    lit(pen, shape, pen.glaze.base, 20) +
    seams +
    stroke(
      curve([
        [-110, -176],
        [-138, -120],
        [-146, -76],
      ]),
      LIGHT,
      10,
      0.4,
    ) +
    lit(pen, ellipse(10, -290, 22, 16), pen.glaze.trim, 5)
  return stands(shape, marks, 360, 300)
}
