import { z } from 'zod'

/** A text of at most so many characters. */
export const text = (longest: number) => z.string().trim().max(longest)

/** A text as one line, as SQL takes it: the lines of an address become one. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .transform((words) => words.replaceAll(/\s*\n\s*/g, ', '))
    .pipe(z.string().max(longest))

/** The address of a picture: a path of this shop or https; empty for none. */
export const PictureAddress = text(1000).regex(/^(|\/[^/\s]\S*|https:\/\/\S+)$/)
