import { z } from 'zod'

export const countStatuses = ['open', 'approved', 'reversed', 'abandoned'] as const

/** A count of a location, of a category there, or of what people call a shelf (at most one of the two is set). */
export const Count = z.object({
  id: z.guid(),
  number: z.int(),
  location_id: z.guid(),
  category: z.string().nullable(),
  shelf: z.string().nullable(),
  blind: z.boolean(),
  status: z.enum(countStatuses),
  started_by: z.guid(),
  decided_by: z.guid().nullable(),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type Count = z.infer<typeof Count>
