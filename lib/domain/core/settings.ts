import { z } from 'zod'

/** Supabase settings that are public in a browser: the project's URL and the publishable key. */
export const PublicSettings = z.object({
  supabaseUrl: z.url({ protocol: /^https?$/ }),
  publishableKey: z.string().min(1),
})
export type PublicSettings = z.infer<typeof PublicSettings>

/** The settings that a live page begins with. */
export interface LiveSettings extends PublicSettings {
  /** Whether the shop broadcasts its stock, as its server knew when it rendered the page. */
  readonly isStockBroadcast?: boolean
}
