import { z } from 'zod'

/** How many words of a search are looked at; more narrow nothing down that a person would notice. */
const mostWords = 6

/** The terms of a search in lower case: letters and digits only, so they carry no syntax anywhere. */
export function searchWords(typed: string): string[] {
  return [
    ...new Set(
      typed
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [],
    ),
  ].slice(0, mostWords)
}

/** A search form's text: shown back as typed, cut to the field's length. */
export const SearchText = z
  .string()
  .transform((typed) => typed.trim().slice(0, 120))
  .catch('')
