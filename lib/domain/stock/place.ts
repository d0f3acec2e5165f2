import { z } from 'zod'
import { OpenSpan } from '@/lib/domain/settings/hours'

/** A place that holds stock. */
export interface Location {
  id: string
  slug: string
  name: string
}

/** A place where orders can be collected, and when. */
export const CollectionPoint = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  hours: z.array(OpenSpan).readonly().catch([]),
  /** Exceptions, in words. */
  hours_note: z.string(),
})
export type CollectionPoint = z.infer<typeof CollectionPoint>

/** A category of the shop. */
export interface Category {
  slug: string
  title: string
}
