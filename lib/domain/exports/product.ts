import { z } from 'zod'

const Position = z.object({ position: z.int() })
const inOrder = (a: { position: number }, b: { position: number }) => a.position - b.position

/** Units of a variant at one place, and the ledger position at which they were true. */
const ExportedLevel = z.object({
  location_id: z.guid(),
  on_hand: z.int(),
  held: z.int(),
  committed: z.int(),
  safety: z.int(),
  available: z.int(),
  ledger_position: z.int(),
})
export type ExportedLevel = z.infer<typeof ExportedLevel>

const ExportedVariant = Position.extend({
  id: z.guid(),
  sku: z.string(),
  option_values: z.array(z.string()),
  price_minor: z.int(),
  compare_at_minor: z.int().nullable(),
  barcode: z.string().nullable(),
  active: z.boolean(),
  kept_columns: z.object({ columns: z.record(z.string(), z.string()) }).nullish(),
  stock_levels: z.array(ExportedLevel),
})
export type ExportedVariant = z.infer<typeof ExportedVariant>

const ExportedPicture = Position.extend({
  src: z.string(),
  alt: z.string(),
  variant_id: z.guid().nullable(),
})
export type ExportedPicture = z.infer<typeof ExportedPicture>

/** A product as the files that leave the shop tell it: its variants and its pictures, each in their order. */
export const ExportedProduct = Position.extend({
  id: z.guid(),
  handle: z.string(),
  title: z.string(),
  description_html: z.string(),
  vendor: z.string(),
  categories: z.object({ slug: z.string(), title: z.string() }),
  tags: z.array(z.string()),
  option_names: z.array(z.string()),
  tax_rate_bp: z.int(),
  kept_columns: z.object({ columns: z.record(z.string(), z.array(z.string())) }).nullish(),
  status: z.enum(['draft', 'active', 'archived']),
  variants: z.array(ExportedVariant).transform((variants) => variants.toSorted(inOrder)),
  product_media: z.array(ExportedPicture).transform((pictures) => pictures.toSorted(inOrder)),
})
export type ExportedProduct = z.infer<typeof ExportedProduct>

/** The cells Option1 Name to Option3 Value. A product without choices is written as Shopify writes it. */
export function optionCells(names: readonly string[], values: readonly string[]): string[] {
  if (names.length === 0) return ['Title', 'Default Title', '', '', '', '']
  return [0, 1, 2].flatMap((index) => [names[index] ?? '', values[index] ?? ''])
}
