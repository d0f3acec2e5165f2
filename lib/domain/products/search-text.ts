import { z } from 'zod'

/** A search form's text: shown back as typed, cut to the field's length. */
export const SearchText = z
  .string()
  .transform((typed) => typed.trim().slice(0, 120))
  .catch('')
