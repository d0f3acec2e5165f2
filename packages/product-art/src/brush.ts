import { type Glaze, INK, LIGHT } from './colours'
import { ellipse, type Ring, TILT } from './paths'
import type { Random } from './random'
import { hoop, meridians, radiusAt, turned } from './turned'

/** What a motif draws with: the material, a colour for small things beside it, and chance that repeats. */
export type Pen = { glaze: Glaze; prop: string; random: Random; id: () => string }

/** Where an object is held: on the ground, from a peg on the wall, or on a cord from the ceiling. */
export type Stance = 'stands' | 'hangs' | 'drops'

/**
 * A drawn object around its own origin: the middle of its foot (`stands`), of its peg (`hangs`) or of the
 * ceiling above it (`drops`); y grows downwards. `outline` casts the shadow.
 */
export type Drawing = { outline: string; marks: string; stance: Stance; width: number; height: number }

const opacity = (share: number) => (share === 1 ? '' : ` opacity="${share}"`)

/** A flat shape. */
export function paint(d: string, colour: string, share = 1): string {
  return `<path d="${d}" fill="${colour}"${opacity(share)}/>`
}

/** A line of the brush. */
export function stroke(d: string, colour: string, width: number, share = 1): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${opacity(share)}/>`
}

/** Marks kept inside a shape. */
export function within(pen: Pen, d: string, marks: string): string {
  const id = pen.id()
  return `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${marks}</g>`
}

/** Everything but the shape, moved: inside a clip of the same shape this leaves the crescent on one side. */
function crescent(d: string, dx: number, dy: number, colour: string, share: number): string {
  const around = `M-999-999h1998v1998h-1998z${d}`
  return `<path d="${around}" fill-rule="evenodd" transform="translate(${dx} ${dy})" fill="${colour}"${opacity(share)}/>`
}

/** A shape of one colour, lit from the upper left: a rim of light, two steps of shade, hatching in the deeper one. */
export function lit(pen: Pen, d: string, colour: string, depth = 16, inside = ''): string {
  return (
    paint(d, colour) +
    within(
      pen,
      d,
      inside +
        crescent(d, depth * -1.9, depth * -0.5, INK, 0.11) +
        crescent(d, -depth, depth * -0.35, INK, 0.16) +
        crescent(d, depth * -1.5, depth * -0.45, 'url(#hatch)', 0.5) +
        crescent(d, depth * 0.4, depth * 0.35, LIGHT, 0.38),
    )
  )
}

/** A turned form with its near side lit from the left; `inside` is decoration painted under the light. */
export function vessel(pen: Pen, rings: readonly Ring[], colour: string, inside = ''): string {
  const outline = turned(rings)
  const gloss = meridians(rings, -0.74, -0.73)
  return (
    paint(outline, colour) +
    within(
      pen,
      outline,
      inside +
        paint(meridians(rings, 0.18, 1), INK, 0.12) +
        paint(meridians(rings, 0.62, 1), INK, 0.16) +
        paint(meridians(rings, 0.4, 1), 'url(#hatch)', 0.5) +
        paint(meridians(rings, -1, -0.9), INK, 0.1) +
        `<path d="${gloss}" pathLength="100" fill="none" stroke="${LIGHT}" stroke-width="9" opacity=".62" ` +
        'stroke-dasharray="19 5 5 100" stroke-dashoffset="-6"/>',
    )
  )
}

/** The opening of a vessel: its lip, the dark inside, and the far wall where the light lands. */
export function mouth(pen: Pen, radius: number, height: number, colour: string, lip = 7): string {
  const inner = ellipse(0, -height, radius - lip, radius * TILT - lip * 0.5)
  return (
    paint(ellipse(0, -height, radius, radius * TILT), colour) +
    paint(ellipse(0, -height, radius, radius * TILT), LIGHT, 0.42) +
    paint(inner, colour) +
    within(
      pen,
      inner,
      paint(inner, INK, 0.52) +
        paint(ellipse(radius * 0.5, -height + 6, radius * 0.85, radius * TILT), colour, 0.55),
    )
  )
}

/** Lines around a turned form at the heights given, following its radius. */
export function rings(
  form: readonly Ring[],
  heights: readonly number[],
  colour: string,
  width: number,
  share = 1,
): string {
  return heights
    .map((height) => stroke(hoop(radiusAt(form, height) + 2, height), colour, width, share))
    .join('')
}

/** Everything of a turned form below a height, as when the foot was dipped: an area with a wavering upper edge. */
export function dip(pen: Pen, radius: number, height: number): string {
  const wave = () => (pen.random() - 0.5) * 18
  const r = radius + 6
  return `M${-r} ${-height + wave()}C${-r / 2} ${-height + 34 + wave()} ${r / 2} ${-height + 30 + wave()} ${r} ${-height + wave()}V60H${-r}Z`
}
