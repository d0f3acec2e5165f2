import type { AskKind } from '@/lib/domain/imports/finding'
import type { StagedAsk, StagedVariant } from '@/lib/domain/imports/staged-product'
import { type CatalogueKey, type CatalogueRow, isOfVariant } from './catalogue-columns'
import { looksLikeDate, readBarcode, readSku } from './cells/code'
import { isCodeAsPrice, type PriceStyle, readFormerPrice, readPrice } from './cells/price'
import { readQuantity } from './cells/quantity'
import { readBoolean, readPolicy } from './cells/words'
import { deriveSku } from './derive-sku'
import { optionValueKeys, readOptionValues } from './read-options'

const variantKeys: CatalogueKey[] = [
  ...optionValueKeys,
  ...(['sku', 'barcode', 'quantity', 'price', 'compareAt', 'active'] as const),
]

/** A row without any of these only adds a picture or cells that are kept. */
export function hasVariant(row: CatalogueRow): boolean {
  return variantKeys.some((key) => row.text(key) !== '')
}

interface VariantContext {
  handle: string
  optionNames: string[] | null
  position: number
  style: PriceStyle
}

/** The variant of a row, and what a person has to decide about it. */
export function readVariant(
  row: CatalogueRow,
  { handle, optionNames, position, style }: VariantContext,
): { variant: StagedVariant; asks: StagedAsk[] } {
  const options = readOptionValues(row, optionNames)
  const sku = row.cell('sku', readSku)
  const barcode = row.has('barcode') ? row.cell('barcode', readBarcode) : null
  const quantity =
    row.text('quantity') === '' ? null : row.cell('quantity', (text) => readQuantity(text, style.mark))
  const derived = { sku: deriveSku(handle, options ?? []), sku_given: false }
  row.read('policy', readPolicy)

  const variant: StagedVariant = {
    line: row.line,
    position,
    ...(sku?.data ? { sku: sku.data, sku_given: true } : derived),
    option_values: options ?? [],
    options_given: options !== null,
    price_minor: row.text('price') === '' ? null : row.read('price', (text) => readPrice(text, style)),
    compare_at_minor: row.has('compareAt') ? readFormer(row, style) : null,
    barcode: barcode?.data ?? null,
    quantity: quantity?.data ?? null,
    active: row.read('active', readBoolean),
    kept: Object.fromEntries(row.kept(isOfVariant)),
  }
  const asks = [
    ...askAbout(row, 'sku', sku?.asked, {
      keep: { sku: variant.sku, sku_given: true },
      drop: derived,
      repair: { sku: sku?.asked?.repair },
    }),
    ...askAbout(row, 'barcode', barcode?.asked, {
      keep: { barcode: variant.barcode },
      drop: { barcode: null },
      repair: { barcode: barcode?.asked?.repair },
    }),
    ...askAbout(row, 'quantity', quantity?.asked, {
      keep: { quantity: variant.quantity },
      drop: { quantity: null },
    }),
    ...askAbout(row, 'price', askedPrice(row, variant), {
      keep: { price_minor: variant.price_minor },
      drop: { price_minor: null },
    }),
    ...optionValueKeys
      .filter((key) => looksLikeDate(row.text(key)))
      .flatMap((key) =>
        askAbout(
          row,
          key,
          { kind: 'date_code' },
          { keep: { options_given: true }, drop: { options_given: false } },
        ),
      ),
  ]
  return { variant, asks }
}

function askedPrice(row: CatalogueRow, { sku, barcode }: StagedVariant): { kind: AskKind } | undefined {
  return isCodeAsPrice(row.text('price'), [sku, barcode ?? '']) ? { kind: 'price_is_code' } : undefined
}

/** A question about a cell, with what each answer stages; repair only where it is known what the cell was. */
function askAbout(
  row: CatalogueRow,
  key: CatalogueKey,
  asked: { kind: AskKind; repair?: string } | undefined,
  { repair, ...choices }: StagedAsk['choices'],
): StagedAsk[] {
  if (!asked) return []
  const place = { line: row.line, column: row.headingOf(key), value: row.text(key) }
  const offered = asked.repair && repair ? { ...choices, repair } : choices
  return [{ kind: asked.kind, subject: 'variant', ...place, choices: offered }]
}

function readFormer(row: CatalogueRow, style: PriceStyle): number {
  if (row.text('compareAt') === '') return 0
  return row.read('compareAt', (text) => readFormerPrice(text, style)) ?? 0
}
