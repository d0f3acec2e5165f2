import type { StagedVariant } from '@/lib/domain/imports/staged-product'
import type { CatalogueKey, CatalogueRow } from './catalogue-columns'
import { readBarcode, readBoolean, readPolicy, readPrice, readQuantity } from './cells'
import { deriveSku } from './derive-sku'
import { optionValueKeys, readOptionValues } from './read-options'

const variantKeys: CatalogueKey[] = [...optionValueKeys, 'sku', 'barcode', 'quantity', 'price', 'compareAt']

/** A row without any of these only adds a picture. */
export function hasVariant(row: CatalogueRow): boolean {
  return variantKeys.some((key) => row.text(key) !== '')
}

interface VariantContext {
  handle: string
  optionNames: string[]
  position: number
  currency: string
}

/** The variant of a row, and whether its old shop sold it beyond what it had. */
export function readVariant(
  row: CatalogueRow,
  context: VariantContext,
): { variant: StagedVariant; sellsOn: boolean } {
  const price = (text: string) => readPrice(text, context.currency)
  const optionValues = readOptionValues(row, context.optionNames)
  const sku = row.text('sku')
  if (sku.length > 120) row.refuse('sku', 'is longer than 120 characters')

  const variant: StagedVariant = {
    line: row.line,
    position: context.position,
    sku: sku || deriveSku(context.handle, optionValues),
    sku_given: sku !== '',
    option_values: optionValues,
    price_minor: row.read('price', price) ?? 0,
    compare_at_minor: row.has('compareAt') ? readOrZero(row, 'compareAt', price) : null,
    barcode: row.has('barcode') ? row.read('barcode', readBarcode) : null,
    quantity: row.text('quantity') === '' ? null : row.read('quantity', readQuantity),
    active: row.read('active', readBoolean),
  }
  return { variant, sellsOn: row.read('policy', readPolicy) ?? false }
}

function readOrZero(
  row: CatalogueRow,
  key: CatalogueKey,
  reader: Parameters<CatalogueRow['read']>[1],
): number {
  return row.text(key) === '' ? 0 : Number(row.read(key, reader) ?? 0)
}
