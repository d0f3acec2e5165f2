import { z } from 'zod'

/** The page number in an address, counted from 1. Anything else is the first page. */
export const PageNumber = z.coerce.number().int().min(1).max(10_000).catch(1)
