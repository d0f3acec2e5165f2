import { z } from 'zod'

/** The SKU in a product's address (`?variant=…`); anything else asks for no variant in particular. */
export const VariantParam = z.string().max(120).optional().catch(undefined)
