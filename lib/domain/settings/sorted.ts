import { z } from 'zod'

/** The order of a list after a step: all its keys, comma between them. */
export const Sorted = z.object({
  order: z
    .string()
    .max(40_000)
    .transform((keys) => keys.split(',')),
  idempotency_key: z.guid(),
})

/** The keys of a list with one of them a place up or down. */
export function moved(keys: readonly string[], key: string, by: -1 | 1): string[] {
  const at = keys.indexOf(key)
  const to = at + by
  if (at < 0 || to < 0 || to >= keys.length) return [...keys]
  const order = keys.filter((other) => other !== key)
  order.splice(to, 0, key)
  return order
}
