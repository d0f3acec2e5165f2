import { z } from 'zod'

/** The page an address asks for, counted from 1. Whatever is no page number is the first page. */
export const PageNumber = z.coerce.number().int().min(1).max(10_000).catch(1)
