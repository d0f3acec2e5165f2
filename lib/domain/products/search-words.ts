import { z } from 'zod'

/** How many words of a search are looked at; more narrow nothing down that a person would notice. */
const mostWords = 6

/** The words of what somebody typed, in lower case: letters and digits only, so they carry no syntax anywhere. */
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

/** What a search form sent: shown back as it was typed, cut to what the field takes. */
export const SearchText = z
  .string()
  .transform((typed) => typed.trim().slice(0, 120))
  .catch('')
