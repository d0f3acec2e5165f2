import { z } from 'zod'

/** Languages whose word stems the database knows; `simple` has none. */
export const searchLanguages = [
  ...['danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'norwegian'],
  ...['portuguese', 'romanian', 'russian', 'simple', 'spanish', 'swedish', 'turkish'],
] as const
export const SearchLanguage = z.enum(searchLanguages)

/** Groups of synonyms as a form has them, one on each line, as the one line that the database stores. */
export const Synonyms = z
  .string()
  .transform((lines) =>
    lines
      .split(/[\n;]/)
      .map((line) => wordsOf(line).join(', '))
      .filter((group) => group !== '')
      .join('; '),
  )
  .pipe(
    z
      .string()
      .max(6000)
      .refine((groups) => groups === '' || groups.split(';').every((group) => group.includes(','))),
  )

/** The stored synonyms, one group on each line. */
export function synonymLines(stored: string): string {
  return stored.split('; ').join('\n')
}

function wordsOf(line: string): string[] {
  return line
    .split(',')
    .map((word) => word.trim().replaceAll(/\s+/g, ' '))
    .filter((word) => word !== '')
}
