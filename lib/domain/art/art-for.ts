import { type GlazeName, glazes, type PaletteName, palettes } from './colours'
import type { Art, View } from './name'
import { seedOf } from './random'
import { glazeNamed, motifNamed } from './words'

/** What is known of a product that came without a picture. */
export type Described = { title: string; category: string; handle: string }

const glazeNames = Object.keys(glazes) as GlazeName[]
const paletteNames = Object.keys(palettes) as PaletteName[]

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

/** How far two colours lie apart, 0 to about 440. */
function distance(one: string, other: string): number {
  const b = channels(other)
  return Math.hypot(...channels(one).map((value, i) => value - (b[i] ?? 0)))
}

/** Backdrops an object of this colour stands out from: the clear ones, else the three it stands out from most. */
export function palettesFor(glaze: GlazeName): readonly PaletteName[] {
  const contrast = (name: PaletteName) => {
    const { wall, glow, ground } = palettes[name]
    return Math.min(...[wall, glow, ground].map((colour) => distance(glazes[glaze].base, colour)))
  }
  const clear = paletteNames.filter((name) => contrast(name) > 95)
  return clear.length > 0 ? clear : paletteNames.toSorted((a, b) => contrast(b) - contrast(a)).slice(0, 3)
}

/**
 * The art of a product without a picture: its motif from the words of its title, else of its category, else an
 * abstract still life; its colour from its title, or `option` when a variant names one. Always the same for a handle.
 */
export function artFor({ title, category, handle }: Described, option = '', view: View = 'still'): Art {
  const seed = seedOf(handle)
  const motif = motifNamed(title) ?? motifNamed(category) ?? 'still-life'
  const glaze = glazeNamed(option) ?? glazeNamed(title) ?? glazeNames[seed % glazeNames.length] ?? 'cobalt'
  const choices = palettesFor(glaze)
  const palette = choices[(seed >>> 8) % choices.length] ?? 'chalk'
  return { motif, palette, glaze, seed: seed % 1000, view }
}
