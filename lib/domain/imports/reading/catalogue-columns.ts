import type { Format, KeptColumn } from './text/columns'
import type { Row } from './text/row'

const headings = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  description: ['Body (HTML)', 'Description', 'Body HTML'],
  vendor: ['Vendor'],
  productCategory: ['Product Category', 'Standardized Product Type', 'Category: Name'],
  type: ['Type', 'Custom Product Type', 'Product Type'],
  tags: ['Tags'],
  tagsCommand: ['Tags Command'],
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
  compareAt: ['Variant Compare At Price', 'Compare-at price', 'Compare at price'],
  taxable: ['Variant Taxable', 'Charge tax'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position', 'Image position'],
  imageAlt: ['Image Alt Text', 'Image alt text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  command: ['Command'],
  variantCommand: ['Variant Command'],
} as const
export type CatalogueKey = keyof typeof headings
export type CatalogueRow = Row<CatalogueKey>

/** Other columns of Shopify, Matrixify and WooCommerce, which the shop has no use for: they come back in its export. */
const kept = [
  /^(google shopping|price|compare at price|included|international|duties) \//,
  /^(included|price|compare at price|compare-at price) \/? ?\S/,
  /\(?(product|variant)\.metafields\./,
  /^(variant )?metafield: /,
  /^option[123] linked to$/,
  /^(gift card|cost per item|tax code|requires shipping|fulfillment service|inventory tracker|hs code|coo)$/,
  /^(collection|template suffix|country of origin|harmonized system code|product type id)$/,
  /^seo (title|description)$/,
  /^(unit price|weight) /,
  /^variant (grams|weight|inventory tracker|fulfillment service|requires shipping|weight unit|tax code|cost|hs code)$/,
  /^variant (country of origin|province of origin)$/,
  /^(short description|purchase note|meta: .*)$/,
  /^(weight|length|width|height) \(/,
  /^m[eé]ta ?: /,
]

/** Columns that say when or where a row was written; the next export writes its own. */
const unused = [
  /^(id|image command|image type|row #|top row|url|total inventory qty|created at|updated at)$/,
  /^(published (at|scope)|variant (inventory item )?id|variant (id|position|generate from options)|category: id)$/,
  /^(is featured\?|visibility in catalog|date sale price (starts|ends)|tax class|in stock\?|low stock amount)$/,
  /^(sold individually\?|allow customer reviews\?|shipping class|download (limit|expiry days)|grouped products)$/,
  /^(upsells|cross-sells|external url|button text|position|swatches attributes)$/,
  /^(token|unit and precision|item type|visibility|sellable|stockable|skip detail screen in pos|social media link .*)$/,
  /^(enabled|tax - |stock alert (enabled|count)|delivery enabled|pickup enabled)\b/,
  /^(image (width|height)|variant inventory qty before|custom collections)/,
]

/** Shopify's product CSV: the classic headings, then those of 2025, then Matrixify's; and Variant Active, which is ours. */
export const catalogueFormat: Format<CatalogueKey> = {
  headings,
  required: [['handle', 'title']],
  unused,
  kept,
  alsoKept: ['productCategory'],
}

/** Whether a kept column is about a variant and not about its product. */
export function isOfVariant({ heading }: Pick<KeptColumn, 'heading'>): boolean {
  return /^variant |variant\.metafields|^(cost per|tax code|requires|fulfill|inventory tracker|hs code|coo|country|harmonized)|^(price|compare|included|international|unit price|weight)/i.test(
    heading,
  )
}
