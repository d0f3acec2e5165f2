import { z } from 'zod'

export const productStatuses = ['draft', 'active', 'archived'] as const

const Percent = z.int().min(0).max(100).default(50)

/**
 * A picture as it is edited: where it is, what it shows, the variant it belongs to, if to one, and the point that frames
 * keep visible. A draft on a device may be older than the point.
 */
export const SheetPicture = z.object({
  src: z.string(),
  alt: z.string(),
  variant_id: z.guid().nullable(),
  focus_x: Percent,
  focus_y: Percent,
})
export type SheetPicture = z.infer<typeof SheetPicture>

/** A picture that was just added. */
export function newPicture(src: string): SheetPicture {
  return { src, alt: '', variant_id: null, focus_x: 50, focus_y: 50 }
}

/** A variant as it is edited. Money in minor units of its currency. */
export const SheetVariant = z.object({
  id: z.guid(),
  version: z.int(),
  sku: z.string(),
  option_values: z.array(z.string()),
  price_minor: z.int(),
  compare_at_minor: z.int().nullable(),
  currency: z.string(),
  barcode: z.string().nullable(),
  limit_per_person: z.int().nullable(),
  active: z.boolean(),
})
export type SheetVariant = z.infer<typeof SheetVariant>

/** All editable fields of a product, as public.read_product returns them. */
export const ProductSheet = z.object({
  id: z.guid(),
  version: z.int(),
  handle: z.string(),
  title: z.string(),
  description_html: z.string(),
  category: z.string(),
  vendor: z.string(),
  tags: z.array(z.string()),
  option_names: z.array(z.string()),
  limited: z.boolean(),
  /** Tax included in its prices, in basis points: 1900 is 19 %. */
  tax_rate_bp: z.int(),
  status: z.enum(productStatuses),
  updated_at: z.string(),
  /** In the order they are shown in. */
  media: z.array(SheetPicture),
  variants: z.array(SheetVariant),
  /** The last editor of each field, by its name in the form; null after an import. */
  editors: z.record(z.string(), z.string()),
})
export type ProductSheet = z.infer<typeof ProductSheet>

/** Grows with every change of a product: of two states of it, the older is the one with less. */
export function ageOf({
  version,
  variants,
}: {
  version: number
  variants: readonly { version: number }[]
}): number {
  return version + variants.reduce((sum, variant) => sum + variant.version, 0)
}
