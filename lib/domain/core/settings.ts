import { z } from 'zod'

/** What a browser may know of the Supabase project: its URL and the publishable key. */
export const PublicSettings = z.object({
  supabaseUrl: z.url({ protocol: /^https?$/ }),
  publishableKey: z.string().min(1),
})
export type PublicSettings = z.infer<typeof PublicSettings>
