import { moneyAsDecimal } from '@/lib/domain/core/money'
import { isOfVariant } from '@/lib/domain/imports/reading/catalogue-columns'
import { categorySlug } from '@/lib/domain/imports/slug'
import { type ExportedPicture, type ExportedProduct, type ExportedVariant, optionCells } from './product'

/**
 * The heading of Shopify's product CSV, as far as the shop has what it asks for, and one column of our own: whether a
 * variant is on sale. There is no quantity in it: a file about products would put back the stock of the hour it was
 * written; units have a file of their own.
 */
const ownHeading = [
  ...['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Type', 'Tags', 'Published'],
  ...['Option1 Name', 'Option1 Value', 'Option2 Name', 'Option2 Value', 'Option3 Name', 'Option3 Value'],
  ...['Variant SKU', 'Variant Price', 'Variant Compare At Price', 'Variant Barcode', 'Variant Active'],
  ...['Variant Taxable', 'Image Src', 'Image Position', 'Image Alt Text', 'Variant Image', 'Status'],
]

/** The heading of the file, with the columns of imported files that the shop only keeps. */
export function catalogueHeading(keptColumns: readonly string[] = []): string[] {
  return [...ownHeading, ...keptColumns]
}

/** A product as the rows of a product CSV: one for each variant, and one for each picture beyond them. */
export function catalogueRecords(
  product: ExportedProduct,
  currency: string,
  keptColumns: readonly string[] = [],
): string[][] {
  const { handle, option_names } = product
  // One that was taken off sale before the choices became others has no place in the columns, and stays as it is.
  const variants = product.variants.filter(
    ({ option_values }) => option_values.length === option_names.length,
  )
  if (variants.length === 0) return []
  const pictures = isSayable(product) ? product.product_media : []
  const kept = product.kept_columns?.columns ?? {}
  const length = Math.max(
    variants.length,
    pictures.length,
    ...Object.values(kept).map((texts) => texts.length),
  )
  return Array.from({ length }, (_, index) => {
    const [variant, picture] = [variants[index], pictures[index]]
    return [
      handle,
      ...(index === 0 ? productCells(product) : ['', '', '', '', '', '']),
      ...(variant ? variantCells(variant, product, currency) : Array<string>(12).fill('')),
      ...(picture ? [picture.src, String(index + 1), picture.alt] : ['', '', '']),
      pictures.find(({ variant_id }) => variant_id === variant?.id)?.src ?? '',
      index === 0 ? product.status : '',
      ...keptColumns.map((heading) => keptCell(heading, kept[heading]?.[index], variant)),
    ]
  })
}

/** Title to Published. */
function productCells(product: ExportedProduct): string[] {
  const { slug, title } = product.categories
  return [
    product.title,
    product.description_html,
    product.vendor,
    // Importers derive the category's address from its title; where the two differ, the cell has the address.
    categorySlug(title) === slug ? title : slug,
    product.tags.join(', '),
    String(product.status === 'active'),
  ]
}

/** Option1 Name to Variant Taxable. */
function variantCells(variant: ExportedVariant, product: ExportedProduct, currency: string): string[] {
  const { price_minor, compare_at_minor } = variant
  return [
    ...optionCells(product.option_names, variant.option_values),
    variant.sku,
    moneyAsDecimal({ minor: price_minor, currency }),
    compare_at_minor === null ? '' : moneyAsDecimal({ minor: compare_at_minor, currency }),
    variant.barcode ?? '',
    String(variant.active),
    String(product.tax_rate_bp > 0),
  ]
}

function keptCell(heading: string, ofProduct = '', variant?: ExportedVariant): string {
  return isOfVariant({ heading }) ? (variant?.kept_columns?.columns[heading] ?? '') : ofProduct
}

/**
 * Whether the file can say which pictures a product has: each address once. Otherwise it says nothing of them, which
 * leaves them as they are when it is read again.
 */
function isSayable({ product_media }: { product_media: ExportedPicture[] }): boolean {
  return new Set(product_media.map(({ src }) => src)).size === product_media.length
}
