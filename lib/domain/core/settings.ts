import { z } from 'zod'

/** Supabase settings that are public in a browser: the project's URL and the publishable key. */
export const PublicSettings = z.object({
  supabaseUrl: z.url({ protocol: /^https?$/ }),
  publishableKey: z.string().min(1),
})
export type PublicSettings = z.infer<typeof PublicSettings>
