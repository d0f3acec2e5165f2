import 'server-only'

/** How long one call may take, with its repeat, its answer's body included. */
export interface TimeLimits {
  readMs: number
  writeMs: number
}

/** For what shoppers wait for, and for staff, whose lists are longer. */
export const shopperLimits: TimeLimits = { readMs: 3_000, writeMs: 10_000 }
export const staffLimits: TimeLimits = { readMs: 8_000, writeMs: 10_000 }

/** Functions that work through a whole file or count. */
const longMs = 120_000
const long =
  /\/rpc\/(stage_|apply_import|begin_import|begin_revert|preview_import|answer_import|approve_count|reverse_count)/

/** Functions that only read, though they are called by POST. */
const reading = /\/rpc\/(read_|search_|count_|explain_|named_)/

/** Whether a call reads. */
export function isRead(method: string, address: string): boolean {
  return method === 'GET' || method === 'HEAD' || reading.test(address)
}

/** Milliseconds for a call by its method and address. */
export function limitFor(method: string, address: string, { readMs, writeMs }: TimeLimits): number {
  if (long.test(address)) return longMs
  return isRead(method, address) ? readMs : writeMs
}
