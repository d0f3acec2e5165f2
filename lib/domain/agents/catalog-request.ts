import { z } from 'zod'

/** Values that the shop does not know count as not given. */
export const CatalogSearch = z.object({
  query: z.string().max(500).nullish(),
  filters: z
    .object({
      categories: z.array(z.string().max(100)).max(10),
      price: z.object({ min: z.int().min(0), max: z.int().min(0) }).partial(),
    })
    .partial()
    .optional(),
  pagination: z
    .object({
      cursor: z.string().regex(/^[1-9]\d{0,3}$/),
      limit: z
        .int()
        .min(1)
        .transform((limit) => Math.min(limit, 24)),
    })
    .partial()
    .optional(),
})
export type CatalogSearch = z.output<typeof CatalogSearch>

const Id = z.string().min(1).max(100).toLowerCase()

export const CatalogLookup = z.object({ ids: z.array(Id).min(1).max(20) })
export type CatalogLookup = z.infer<typeof CatalogLookup>

export const ProductRequest = z.object({ id: Id })
