import { z } from 'zod'
import { SheetPicture } from './sheet'

/** Pictures as one text: they are one field, since moving one moves the others. */
export function mediaText(media: readonly SheetPicture[]): string {
  return JSON.stringify(
    media.map(({ src, alt, variant_id, focus_x, focus_y }) => ({ src, alt, variant_id, focus_x, focus_y })),
  )
}

const Pictures = z.array(SheetPicture)

/** The pictures in such a text. Throws for a text that mediaText did not write. */
export function picturesOf(text: string | undefined): SheetPicture[] {
  return Pictures.parse(JSON.parse(text || '[]'))
}
