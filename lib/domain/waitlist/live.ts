import { z } from 'zod'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'

/** The length of a variant's waitlist: entries that wait and entries with an offer. */
const WaitlistLength = z.object({ variant_id: z.guid(), in_line: z.int(), version: z.int() })
export type WaitlistLength = z.infer<typeof WaitlistLength>

const lengths: LiveSource<WaitlistLength> = {
  table: 'availability',
  ...rowsOf(WaitlistLength),
  by: 'variant_id',
  id: (row) => row.variant_id,
  version: (row) => row.version,
}

/** How many people are on the waitlist of a variant. */
export function waitlistLengthOf(variantId: string): LiveQuery<WaitlistLength> {
  return liveQuery(lengths, [variantId])
}
