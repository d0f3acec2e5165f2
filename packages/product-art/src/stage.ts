import type { Drawing } from './brush'
import { INK, LIGHT, type Palette } from './colours'
import { n } from './paths'
import { between, type Random } from './random'

/** The sheet every product is drawn on, in drawing units: four to five, like a print on the wall. */
export const SHEET = { width: 600, height: 750, horizon: 512, foot: 606 } as const

/** Broken strokes at one angle: the shade of this hand. Painted with `url(#hatch)`. */
function hatch(random: Random): string {
  let d = ''
  for (let x = 3; x < 56; x += 7) {
    const gap = between(random, 4, 58)
    const x0 = n(x + between(random, -1, 1))
    d += `M${x0} 0V${n(gap - 3)}M${x0} ${n(gap + 3)}V64`
  }
  return (
    '<pattern id="hatch" width="56" height="64" patternUnits="userSpaceOnUse" patternTransform="rotate(32)">' +
    `<path d="${d}" stroke="${INK}" stroke-width="1.7" fill="none"/></pattern>`
  )
}

/** The tooth of the paper: specks, everywhere and faint. Painted with `url(#grain)`. */
function grain(random: Random): string {
  let dark = ''
  let pale = ''
  for (let i = 0; i < 70; i++) dark += `M${n(between(random, 2, 148))} ${n(between(random, 2, 148))}h0`
  for (let i = 0; i < 40; i++) pale += `M${n(between(random, 2, 148))} ${n(between(random, 2, 148))}h0`
  return (
    '<pattern id="grain" width="150" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(11)">' +
    `<path d="${dark}" stroke="${INK}" stroke-width="2"/><path d="${pale}" stroke="${LIGHT}" stroke-width="2.4"/></pattern>`
  )
}

export function patterns(random: Random): string {
  return hatch(random) + grain(random)
}

/** Specks that grow denser towards the foot of the wall, the way a sprayed screen fades. */
export function fade(random: Random, width: number, horizon: number): string {
  let d = ''
  for (let i = 0; i < 260; i++) {
    const depth = random() * random()
    d += `M${Math.round(random() * width)} ${Math.round(horizon - depth * 300)}h0`
  }
  return `<path d="${d}" stroke="${INK}" stroke-width="2.6" opacity=".2"/>`
}

/** Daylight from a window out of the picture, upper left, leaning over the wall. */
export function daylight(random: Random, palette: Palette): string {
  const x = between(random, -40, 90)
  const pane = (dx: number, dy: number) => `M${n(x + dx)} ${n(60 + dy)}l150 34v190l-150-34z`
  return `<path d="${pane(60, 0)}${pane(226, 38)}${pane(60, 206)}${pane(226, 244)}" fill="${palette.glow}"/>`
}

/** A tall niche in the wall, its left edge in shade. */
function niche(random: Random, palette: Palette): string {
  const x = between(random, 92, 128)
  const w = 600 - 2 * x
  const d = `M${n(x)} 512V${n(150 + w / 2)}a${n(w / 2)} ${n(w / 2)} 0 0 1 ${n(w)} 0V512z`
  return (
    `<clipPath id="niche"><path d="${d}"/></clipPath><path d="${d}" fill="${palette.edge}"/>` +
    `<g clip-path="url(#niche)"><path d="${d}" fill="${palette.glow}" transform="translate(26 14)"/></g>`
  )
}

/** The low sun, or the round of a lamp out of the picture. */
function disc(random: Random, palette: Palette): string {
  return `<circle cx="${n(between(random, 190, 420))}" cy="${n(between(random, 230, 300))}" r="${n(between(random, 170, 215))}" fill="${palette.glow}"/>`
}

const backdrops = [daylight, niche, disc] as const

/** The wall, what light does on it, and the ground. */
export function backdrop(random: Random, palette: Palette, stance: Drawing['stance']): string {
  const { width, height, horizon } = SHEET
  const choice = stance === 'stands' ? Math.floor(random() * 3) : Math.floor(random() * 2) * 2
  const scene = (backdrops[choice] ?? daylight)(random, palette)
  const wall = `<path d="M0 0h${width}v${height}H0z" fill="${palette.wall}"/>${scene}`
  if (stance !== 'stands') return wall + fade(random, width, height)
  return (
    wall +
    fade(random, width, horizon) +
    `<path d="M0 ${horizon}h${width}v${height}H0z" fill="${palette.ground}"/>` +
    `<path d="M0 ${horizon}h${width}v7H0z" fill="${LIGHT}" opacity=".55"/>` +
    `<path d="M0 704h${width}v46H0z" fill="${palette.edge}"/><path d="M0 704h${width}v5H0z" fill="${LIGHT}" opacity=".35"/>`
  )
}

/** The shadow an object throws away from the window: along the ground, or a hand's breadth beside it on the wall. */
export function castShadow(drawing: Drawing): string {
  const shade = (transform: string, share: number) =>
    `<path d="${drawing.outline}" transform="${transform}" fill="${INK}" opacity="${share}"/>`
  if (drawing.stance === 'hangs') return shade('translate(26 20)', 0.2)
  if (drawing.stance === 'drops') return shade('translate(46 26)', 0.12)
  const reach = 0.24
  return (
    shade(`matrix(1 0 ${-0.62} ${reach} 6 4)`, 0.26) +
    `<ellipse cx="8" cy="3" rx="${n(drawing.width * 0.36)}" ry="${n(drawing.width * 0.055)}" fill="${INK}" opacity=".22"/>`
  )
}
