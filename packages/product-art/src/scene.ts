import type { Drawing, Pen } from './brush'
import { type GlazeName, glazes, type PaletteName, palettes } from './colours'
import { type MotifName, motifs } from './motifs'
import { seeded } from './random'
import { castShadow, daylight, fade, patterns } from './stage'

/** One object of a composition: what, in which glaze, where its foot stands, how large. */
type Placed = readonly [motif: MotifName, glaze: GlazeName, x: number, y: number, scale: number]

type Scene = { palette: PaletteName; objects: readonly Placed[] }

const WIDTH = 1600
const HEIGHT = 800
const HORIZON = 560

/** The shop's own compositions: its window, and one for each aisle. Objects behind come first. */
const scenes = {
  window: {
    palette: 'sky',
    objects: [
      ['poster', 'persimmon', 1010, 620, 1.02],
      ['planter', 'chalk', 190, 640, 1.06],
      ['table-lamp', 'indigo', 700, 640, 1.16],
      ['vase', 'persimmon', 440, 656, 1.0],
      ['blanket', 'teal', 1340, 652, 1.0],
      ['candlesticks', 'mustard', 1142, 668, 0.74],
      ['books', 'plum', 946, 690, 0.72],
      ['mug', 'cobalt', 590, 706, 0.66],
    ],
  },
  table: {
    palette: 'pistachio',
    objects: [
      ['jug', 'cobalt', 330, 650, 1.12],
      ['board', 'oak', 1260, 640, 1.02],
      ['vase', 'chalk', 640, 652, 1.1],
      ['plates', 'persimmon', 950, 680, 1.0],
      ['mug', 'rose', 500, 706, 0.72],
    ],
  },
  light: {
    palette: 'cobalt',
    objects: [
      ['table-lamp', 'rust', 360, 656, 1.2],
      ['lantern', 'brass', 1240, 656, 1.16],
      ['candlesticks', 'rose', 800, 664, 1.1],
      ['candle', 'butter', 1010, 700, 0.7],
    ],
  },
  textile: {
    palette: 'marigold',
    objects: [
      ['bedding', 'indigo', 380, 660, 1.06],
      ['cushion', 'persimmon', 1210, 662, 1.06],
      ['blanket', 'chalk', 800, 676, 1.0],
    ],
  },
  paper: {
    palette: 'coral',
    objects: [
      ['poster', 'teal', 380, 652, 1.1],
      ['envelopes', 'sand', 1230, 660, 1.1],
      ['pencils', 'cobalt', 900, 664, 1.04],
      ['books', 'indigo', 640, 694, 0.9],
    ],
  },
  garden: {
    palette: 'sea',
    objects: [
      ['planter', 'clay', 330, 654, 1.16],
      ['basket', 'sand', 1270, 652, 1.06],
      ['watering-can', 'mustard', 780, 660, 1.04],
      ['pots', 'rust', 1040, 696, 0.74],
    ],
  },
} as const satisfies Record<string, Scene>

export type SceneName = keyof typeof scenes

/** The composition a file name stands for, or null. */
export function parseSceneName(file: string): SceneName | null {
  const [, name = ''] = /^scene-([a-z]+)\.svg$/.exec(file) ?? []
  return Object.hasOwn(scenes, name) ? (name as SceneName) : null
}

/** Draws one composition, twice as wide as high: several objects on one table in one light. */
export function drawScene(name: SceneName): string {
  const { palette: paletteName, objects } = scenes[name]
  const palette = palettes[paletteName]
  const random = seeded(name.length * 7 + 1)
  let ids = 0
  const id = () => `c${ids++}`
  const place = ([motif, glaze, x, y, scale]: Placed) => {
    const pen: Pen = { glaze: glazes[glaze], prop: palette.prop, random, id }
    const drawing: Drawing = motifs[motif](pen)
    return `<g transform="translate(${x} ${y}) scale(${scale})">${castShadow(drawing)}${drawing.marks}</g>`
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" stroke-linecap="round" stroke-linejoin="round">` +
    `<defs>${patterns(random)}</defs>` +
    `<path d="M0 0h${WIDTH}v${HEIGHT}H0z" fill="${palette.wall}"/>` +
    `<g transform="translate(420 -30) scale(1.5)">${daylight(random, palette)}</g>` +
    fade(random, WIDTH, HORIZON) +
    `<path d="M0 ${HORIZON}h${WIDTH}v${HEIGHT}H0z" fill="${palette.ground}"/>` +
    `<path d="M0 ${HORIZON}h${WIDTH}v7H0z" fill="#fff8e8" opacity=".55"/>` +
    `<path d="M0 758h${WIDTH}v42H0z" fill="${palette.edge}"/>` +
    objects.map(place).join('') +
    `<path d="M0 0h${WIDTH}v${HEIGHT}H0z" fill="url(#grain)" opacity=".13"/></svg>`
  )
}
