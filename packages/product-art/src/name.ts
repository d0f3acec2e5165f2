import { type GlazeName, glazes, type PaletteName, palettes } from './colours'
import { type MotifName, motifs } from './motifs'

/** How much of the sheet is shown: the whole still life, or the object close up. */
export type View = 'still' | 'close'

/** Everything a drawing depends on. The same art is the same picture, for ever. */
export type Art = { motif: MotifName; palette: PaletteName; glaze: GlazeName; seed: number; view: View }

const isKey = <T extends object>(record: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(record, key)

/** The file name of a drawing: `table-lamp-sky-mustard-7.svg`, or `…-7-close.svg`. */
export function artName({ motif, palette, glaze, seed, view }: Art): string {
  return `${motif}-${palette}-${glaze}-${seed}${view === 'close' ? '-close' : ''}.svg`
}

/** The art a file name stands for, or null when no drawing has that name. */
export function parseArtName(name: string): Art | null {
  const [, motif, palette, glaze, digits, close] =
    /^([a-z-]+)-([a-z]+)-([a-z]+)-(\d{1,4})(-close)?\.svg$/.exec(name) ?? []
  if (!motif || !palette || !glaze || !digits || (digits.length > 1 && digits.startsWith('0'))) return null
  if (!isKey(motifs, motif) || !isKey(palettes, palette) || !isKey(glazes, glaze)) return null
  return { motif, palette, glaze, seed: Number(digits), view: close ? 'close' : 'still' }
}
