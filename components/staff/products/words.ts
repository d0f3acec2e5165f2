import { formatMoney } from '@/lib/domain/core/money'
import { isList, listIn } from '@/lib/domain/products/editing/lists'
import { picturesOf } from '@/lib/domain/products/editing/media-text'
import { type PriceStep, percentOf } from '@/lib/domain/products/editing/prices'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import type { ProductField, VariantField } from '@/lib/domain/products/editing/texts'
import type { Category } from '@/lib/domain/stock/place'

export const productLabels: Record<ProductField, string> = {
  title: 'Title',
  description_html: 'Description',
  media: 'Pictures',
  option_names: 'Options',
  status: 'Status',
  category: 'Category',
  vendor: 'Vendor',
  tags: 'Tags',
  limited: 'Limited edition',
  tax_rate_bp: 'VAT included (%)',
  handle: 'Web address',
}

export const variantLabels: Record<VariantField, string> = {
  option_values: 'Options',
  price_minor: 'Price',
  compare_at_minor: 'Compare-at price',
  barcode: 'Barcode',
  limit_per_person: 'Limit per person',
  active: 'For sale',
}

export const statusWords: Record<ProductSheet['status'], string> = {
  draft: 'Draft',
  active: 'Active',
  archived: 'Archived',
}

/** "Celadon, Small", or the SKU of the only variant. */
export function variantName({
  option_values,
  sku,
}: Pick<ProductSheet['variants'][number], 'option_values' | 'sku'>): string {
  return option_values.join(', ') || sku
}

/** "Price, Celadon": a field of the form in words. */
export function fieldLabel(field: string, sheet: Pick<ProductSheet, 'variants'>): string {
  const [, id, ofVariant] = /^variants\.([^.]+)\.(\w+)$/.exec(field) ?? []
  if (!ofVariant) return isKey(productLabels, field) ? productLabels[field] : field
  const variant = sheet.variants.find((each) => each.id === id)
  const label = isKey(variantLabels, ofVariant) ? variantLabels[ofVariant] : ofVariant
  return variant ? `${label}, ${variantName(variant)}` : label
}

/** The value of a field, for a sentence. */
export function valueWords(field: string, text: string, categories: readonly Category[]): string {
  if (field === 'limited' || field.endsWith('.active')) return text === 'on' ? 'yes' : 'no'
  if (text === '') return 'nothing'
  if (field === 'status' && isKey(statusWords, text)) return statusWords[text]
  if (field === 'category') return categories.find(({ slug }) => slug === text)?.title ?? text
  if (isList(field)) return listIn(text).join(', ')
  if (field === 'media') {
    const { length } = picturesOf(text)
    return length === 1 ? '1 picture' : `${length} pictures`
  }
  return text
}

/** "Price has a comma: …" */
export function problemWords(field: string, problem: string, sheet: Pick<ProductSheet, 'variants'>): string {
  return `${fieldLabel(field, sheet).split(',')[0]} ${problem}.`
}

/** "€42.00 → €39.00, −7.1 %". */
export function priceWords(step: PriceStep): string {
  const percent = percentOf(step)
  const change = percent === null ? '' : `, ${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`
  return `${formatMoney(step.before)} → ${formatMoney(step.after)}${change}`
}

/** The last editor of a field, for the start of a sentence. */
export function editorOf(field: string, { editors }: Pick<ProductSheet, 'editors'>): string {
  return editors[field] ?? 'Another staff member'
}

function isKey<Key extends string>(record: Record<Key, unknown>, key: string): key is Key {
  return Object.hasOwn(record, key)
}

/** The texts of new-product-form.tsx. */
export const newProductFormWords = {
  newProduct: 'New product',
  title: 'Title',
  theWebAddressComesFrom:
    'The web address comes from the title. You can change it while the product is a draft.',
  category: 'Category',
  price: (currency: string | number) => `Price, ${currency}`,
  optionName: 'Option name',
  glaze: 'Glaze',
  leaveEmptyForAProduct: 'Leave empty for a product without options.',
  firstValue: 'First value',
  celadon: 'Celadon',
  youCanAddMoreVariants: 'You can add more variants later.',
  sku: 'SKU',
  leaveEmptyToGenerateOne: 'Leave empty to generate one.',
  creating: 'Creating…',
  createDraft: 'Create draft',
}

/** The texts of product-filter-form.tsx. */
export const productFilterFormWords = {
  products: 'Products',
  titleOptionSkuBarcodeOr: 'Title, option, SKU, barcode or vendor',
  search: 'Search',
  category: 'Category',
  status: 'Status',
}

/** The texts of product-list.tsx. */
export const productListWords = {
  limited: ', limited',
  variants: (variants: string | number) => `${variants} variants`,
  noPrice: 'no price',
  to: (lowest: string | number, money: string | number) => `${lowest} to ${money}`,
}
