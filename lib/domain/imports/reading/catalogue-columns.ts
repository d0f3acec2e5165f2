import type { Format } from './columns'
import type { Row } from './row'

const headings = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  description: ['Body (HTML)', 'Description'],
  vendor: ['Vendor'],
  productCategory: ['Product Category'],
  type: ['Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  barcode: ['Variant Barcode', 'Barcode'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  policy: ['Variant Inventory Policy', 'Continue selling when out of stock'],
  price: ['Variant Price', 'Price'],
  active: ['Variant Active'],
  compareAt: ['Variant Compare At Price', 'Compare-at price'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position'],
  imageAlt: ['Image Alt Text'],
  variantImage: ['Variant Image', 'Variant image URL'],
} as const

/** Shopify's other columns, which the shop has no use for. Anything else is reported, because it may be a slip. */
const unused = [
  /^(google shopping|price|compare at price|included|international) \//,
  /\(product\.metafields\..*\)$/,
  /^option[123] linked to$/,
  /^(gift card|cost per item|tax code|charge tax|requires shipping|fulfillment service|inventory tracker)$/,
  /^seo (title|description)$/,
  /^(unit price|weight) /,
  /^variant (grams|inventory tracker|fulfillment service|requires shipping|taxable|weight unit|tax code)$/,
]

/** Shopify's product CSV: the classic headings, then those of 2025; and Variant Active, which is ours. */
export const catalogueFormat: Format<keyof typeof headings> = {
  headings,
  required: ['handle', 'title', 'price'],
  unused,
}
export type CatalogueKey = keyof typeof headings
export type CatalogueRow = Row<CatalogueKey>
