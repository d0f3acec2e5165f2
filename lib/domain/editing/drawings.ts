import { artFor, palettesFor } from '@/lib/domain/art/art-for'
import { artPath } from '@/lib/domain/art/name'
import type { ProductSheet } from './sheet'

const most = 8

/** Our own drawings that a product may be shown by: of itself, of its variants, close up, and before other walls. */
export function drawingsFor({ title, category, handle, variants }: ProductSheet): string[] {
  const product = { title, category, handle }
  const options = ['', ...variants.map(({ option_values }) => option_values.join(' '))]
  const still = options.map((option) => artFor(product, option))
  const close = options.map((option) => artFor(product, option, 'close'))
  const walls = still.flatMap((art) => palettesFor(art.glaze).map((palette) => ({ ...art, palette })))
  return [...new Set([...still.slice(0, 4), ...close.slice(0, 2), ...walls].map(artPath))].slice(0, most)
}
