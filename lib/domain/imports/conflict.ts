import { z } from 'zod'

/** Why a line of a file cannot be applied to the catalogue as it is. */
export const ImportConflict = z.object({
  line: z.int().nullable(),
  column: z.string(),
  value: z.string().nullable(),
  why: z.string(),
})
