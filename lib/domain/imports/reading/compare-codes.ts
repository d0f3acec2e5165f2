import { codeKey } from '@/lib/domain/codes/code'
import type { Report } from '@/lib/domain/imports/finding'
import { toSlug } from '@/lib/domain/imports/slug'
import type { StagedProduct, StagedVariant } from '@/lib/domain/imports/staged-product'
import type { CatalogueKey } from './catalogue-columns'
import { deriveSku } from './derive-sku'
import type { Columns } from './text/columns'

/** Compares the codes of a file with each other: SKUs are made unique, and a barcode that several have is asked about. */
export function compareCodes(
  products: StagedProduct[],
  columns: Columns<CatalogueKey>,
  report: Report,
): void {
  makeSkusUnique(products, columns.headingOf('sku'), report)
  askAboutBarcodes(products, columns.headingOf('barcode'))
}

function makeSkusUnique(products: StagedProduct[], column: string, { fixed }: Report) {
  const owners = new Map<string, string>()
  const byCase = new Map<string, string>()
  for (const { handle, variants } of products) {
    for (const variant of variants) {
      const { sku, line } = variant
      if (!variant.sku_given) continue
      const owner = owners.get(sku)
      const twin = byCase.get(sku.toLowerCase())
      if (owner !== undefined) {
        Object.assign(variant, derivedOf(variant, handle, owner === handle))
        fixed.push({ kind: 'sku_derived', line, column, value: sku, became: variant.sku })
      } else if (twin !== undefined) {
        fixed.push({ kind: 'sku_twins', line, column, value: sku, became: null })
      }
      owners.set(sku, owner ?? handle)
      byCase.set(sku.toLowerCase(), sku)
    }
  }
}

/** LINEN of a second colour is LINEN-RUST; of another product what its handle and options derive. */
function derivedOf({ sku, option_values }: StagedVariant, handle: string, isSameProduct: boolean) {
  const own = [sku, ...option_values.map(toSlug)].filter(Boolean).join('-').toUpperCase()
  const isTold = isSameProduct && own !== sku.toUpperCase() && own.length <= 120
  return { sku: isTold ? own : deriveSku(handle, option_values), sku_given: false }
}

function askAboutBarcodes(products: StagedProduct[], column: string) {
  const owners = new Map<string, StagedVariant>()
  for (const { variants } of products) {
    for (const variant of variants) if (variant.sku_given) owners.set(codeKey(variant.sku), variant)
  }
  const skus = new Map(owners)
  for (const { variants, asks } of products) {
    for (const variant of variants) {
      const { barcode, line } = variant
      if (!barcode) continue
      const owner = owners.get(codeKey(barcode)) ?? variant
      const isAsked = owner !== variant && !asks.some((ask) => ask.line === line && ask.column === column)
      if (isAsked) {
        const choices = { keep: { barcode }, drop: { barcode: null } }
        asks.push({ kind: 'shared_barcode', subject: 'variant', line, column, value: barcode, choices })
      } else if (skus.get(codeKey(barcode)) === undefined) owners.set(codeKey(barcode), variant)
    }
  }
}
