import 'server-only'
import type { Picture, Product, ProductCard, Variant } from '@/lib/domain/products/product'
import { reducedFrom } from '@/lib/domain/products/product'

interface VariantRow {
  id: string
  sku: string
  option_values: string[]
  price_minor: number
  compare_at_minor: number | null
  currency: string
  position: number
}

interface PictureRow extends Picture {
  position: number
  variant_id: string | null
}

interface CardRow {
  id: string
  handle: string
  title: string
  category: string
  limited: boolean
  variants: Pick<VariantRow, 'price_minor' | 'compare_at_minor' | 'currency'>[]
  product_media: Pick<PictureRow, 'src' | 'alt' | 'position'>[]
}

interface ProductRow extends Omit<CardRow, 'variants' | 'product_media'> {
  description_html: string
  vendor: string
  option_names: string[]
  categories: { title: string } | null
  variants: VariantRow[]
  product_media: PictureRow[]
}

export const cardColumns =
  'id, handle, title, category, limited, variants (price_minor, compare_at_minor, currency), product_media (src, alt, position)'

export const productColumns = `id, handle, title, category, limited, description_html, vendor, option_names,
  categories (title),
  variants (id, sku, option_values, price_minor, compare_at_minor, currency, position),
  product_media (src, alt, position, variant_id)`

const inOrder = (a: { position: number }, b: { position: number }) => a.position - b.position

function prices(row: Pick<VariantRow, 'price_minor' | 'compare_at_minor' | 'currency'>) {
  const price = { minor: row.price_minor, currency: row.currency }
  const before =
    row.compare_at_minor === null ? null : { minor: row.compare_at_minor, currency: row.currency }
  return { price, compareAt: reducedFrom(price, before) }
}

export function toCard(row: CardRow): ProductCard {
  const cheapest = row.variants.toSorted((a, b) => a.price_minor - b.price_minor)[0]
  const first = row.product_media.toSorted(inOrder)[0]
  return {
    id: row.id,
    handle: row.handle,
    title: row.title,
    category: row.category,
    limited: row.limited,
    picture: first ? { src: first.src, alt: first.alt } : null,
    ...(cheapest ? prices(cheapest) : { price: null, compareAt: null }),
    hasMorePrices: row.variants.some(({ price_minor }) => price_minor !== cheapest?.price_minor),
  }
}

function toVariant(row: VariantRow): Variant {
  return { id: row.id, sku: row.sku, optionValues: row.option_values, ...prices(row) }
}

export function toProduct(row: ProductRow): Product {
  return {
    id: row.id,
    handle: row.handle,
    title: row.title,
    descriptionHtml: row.description_html,
    category: { slug: row.category, title: row.categories?.title ?? row.category },
    vendor: row.vendor,
    optionNames: row.option_names,
    limited: row.limited,
    variants: row.variants.toSorted(inOrder).map(toVariant),
    pictures: row.product_media
      .toSorted(inOrder)
      .map(({ src, alt, variant_id }) => ({ src, alt, variantId: variant_id })),
  }
}
