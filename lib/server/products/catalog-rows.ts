import 'server-only'
import { z } from 'zod'
import type { Product, ProductCard, Variant } from '@/lib/domain/products/product'
import { reducedFrom } from '@/lib/domain/products/product'

const PriceRow = z.object({
  price_minor: z.int(),
  compare_at_minor: z.int().nullable(),
  currency: z.string(),
})
const VariantRow = PriceRow.extend({
  id: z.guid(),
  sku: z.string(),
  option_values: z.array(z.string()),
  barcode: z.string().nullable(),
})
const PictureRow = z
  .object({
    src: z.string(),
    alt: z.string(),
    focus_x: z.int(),
    focus_y: z.int(),
    variant_id: z.guid().nullish(),
  })
  .transform(({ focus_x, focus_y, variant_id, ...picture }) => ({
    ...picture,
    focus: [focus_x, focus_y] as const,
    variantId: variant_id ?? null,
  }))

const CardRow = z.object({
  id: z.guid(),
  handle: z.string(),
  title: z.string(),
  category: z.string(),
  limited: z.boolean(),
  lowest_price: PriceRow.nullable(),
  highest_price_minor: z.int().nullable(),
  first_picture: PictureRow.nullable(),
})

const ProductRow = CardRow.pick({
  id: true,
  handle: true,
  title: true,
  category: true,
  limited: true,
}).extend({
  category_title: z.string(),
  description_html: z.string(),
  vendor: z.string(),
  option_names: z.array(z.string()),
  variants: z.array(VariantRow),
  pictures: z.array(PictureRow),
})

export const cardColumns =
  'id, handle, title, category, limited, lowest_price, highest_price_minor, first_picture'

export const productColumns =
  'id, handle, title, category, category_title, limited, description_html, vendor, option_names, variants, pictures'

function prices(row: z.infer<typeof PriceRow>) {
  const price = { minor: row.price_minor, currency: row.currency }
  const before =
    row.compare_at_minor === null ? null : { minor: row.compare_at_minor, currency: row.currency }
  return { price, compareAt: reducedFrom(price, before) }
}

/** A row of shop_products as a list shows it. */
export function toCard(row: unknown): ProductCard {
  const { lowest_price, highest_price_minor, first_picture, ...card } = CardRow.parse(row)
  return {
    ...card,
    picture: first_picture,
    ...(lowest_price ? prices(lowest_price) : { price: null, compareAt: null }),
    hasMorePrices: lowest_price !== null && lowest_price.price_minor !== highest_price_minor,
  }
}

function toVariant(row: z.infer<typeof VariantRow>): Variant {
  return { id: row.id, sku: row.sku, barcode: row.barcode, optionValues: row.option_values, ...prices(row) }
}

/** A row of shop_products as its page shows it. */
export function toProduct(row: unknown): Product {
  const product = ProductRow.parse(row)
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    descriptionHtml: product.description_html,
    category: { slug: product.category, title: product.category_title },
    vendor: product.vendor,
    optionNames: product.option_names,
    limited: product.limited,
    variants: product.variants.map(toVariant),
    pictures: product.pictures,
  }
}
