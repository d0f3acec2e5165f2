import { moneyAsDecimal } from '@/lib/domain/core/money'
import { percentText } from '@/lib/domain/text/percent'
import { descriptionText } from './description'
import { listText } from './lists'
import { mediaText } from './media-text'
import type { ProductSheet, SheetVariant } from './sheet'
import type { Texts } from './three-way'

export const productFields = [
  'title',
  'description_html',
  'media',
  'option_names',
  'status',
  'category',
  'vendor',
  'tags',
  'limited',
  'tax_rate_bp',
  'handle',
] as const
export type ProductField = (typeof productFields)[number]

export const variantFields = [
  'option_values',
  'price_minor',
  'compare_at_minor',
  'barcode',
  'limit_per_person',
  'active',
] as const
export type VariantField = (typeof variantFields)[number]

/** The name of a variant's field in the form. */
export function fieldOf(variantId: string, field: VariantField): string {
  return `variants.${variantId}.${field}`
}

/** A product as its form shows it: each field a text, so that versions are compared as they are read. */
export function textsOf(sheet: ProductSheet): Texts {
  return {
    title: sheet.title,
    description_html: descriptionText(sheet.description_html),
    media: mediaText(sheet.media),
    option_names: listText(sheet.option_names),
    status: sheet.status,
    category: sheet.category,
    vendor: sheet.vendor,
    tags: sheet.tags.join(', '),
    limited: checked(sheet.limited),
    tax_rate_bp: percentText(sheet.tax_rate_bp),
    handle: sheet.handle,
    ...Object.fromEntries(sheet.variants.flatMap(variantTexts)),
  }
}

function variantTexts(variant: SheetVariant): [string, string][] {
  const { id, currency, option_values, price_minor, compare_at_minor, barcode, limit_per_person, active } =
    variant
  const money = (minor: number | null) => (minor === null ? '' : moneyAsDecimal({ minor, currency }))
  return [
    [fieldOf(id, 'option_values'), listText(option_values)],
    [fieldOf(id, 'price_minor'), money(price_minor)],
    [fieldOf(id, 'compare_at_minor'), money(compare_at_minor)],
    [fieldOf(id, 'barcode'), barcode ?? ''],
    [fieldOf(id, 'limit_per_person'), limit_per_person === null ? '' : String(limit_per_person)],
    [fieldOf(id, 'active'), checked(active)],
  ]
}

function checked(value: boolean): string {
  return value ? 'on' : ''
}
