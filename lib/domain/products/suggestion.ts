import { z } from 'zod'

/** A product for a search that is being typed. */
export const Suggestion = z.object({ handle: z.string(), title: z.string() })
export type Suggestion = z.infer<typeof Suggestion>
