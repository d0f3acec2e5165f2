import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AskKind, FixKind } from '@/lib/domain/imports/finding'
import { fixes } from '@/lib/domain/imports/finding'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'
import { toSlug } from '@/lib/domain/imports/slug'
import {
  type Catalogue,
  encodings,
  type Locale,
  systems,
  type WrittenCell,
  writtenFile,
} from './support/system-files'

// A catalogue is written as each system and locale writes it, and damaged as spreadsheets damage cells. The result
// is refused with a reason, equal to the catalogue, told or asked about: never silently different.

const digits = (text: string) =>
  [...text].reduceRight((sum, digit, index) => sum + Number(digit) * (index % 2 ? 1 : 3), 0)
const withCheckDigit = (text: string) => `${text}${(10 - (digits(text) % 10)) % 10}`

const variant = fc.record({
  option: fc.constantFrom('Small', 'Large', 'Ash', 'Rust', 'Größe 2', 'M/L'),
  sku: fc.stringMatching(/^[A-Z]{2,4}-[0-9]{3,5}$/),
  barcode: fc.oneof(
    fc.stringMatching(/^[0-9]{12}$/).map(withCheckDigit),
    fc.stringMatching(/^0[0-9]{6}$/).map(withCheckDigit),
    fc.constant(''),
  ),
  price: fc.integer({ min: 1, max: 999_999 }),
  quantity: fc.integer({ min: 0, max: 9_999 }),
})
const product = fc.record({
  title: fc.stringMatching(/^[A-Z][a-z]{2,8} [a-zé]{3,8}$/),
  variants: fc.uniqueArray(variant, { minLength: 1, maxLength: 3, selector: ({ option }) => option }),
})
const catalogue: fc.Arbitrary<Catalogue> = fc
  .uniqueArray(product, { minLength: 1, maxLength: 4, selector: ({ title }) => toSlug(title) })
  .filter((products) => {
    const all = products.flatMap(({ variants }) => variants)
    const barcodes = all.map(({ barcode }) => barcode).filter(Boolean)
    return (
      new Set(all.map(({ sku }) => sku)).size === all.length && new Set(barcodes).size === barcodes.length
    )
  })
const locale: fc.Arbitrary<Locale> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  decimal: fc.constantFrom('.', ','),
  newline: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom(...encodings),
  hasSepLine: fc.boolean(),
})

/** Ways in which a spreadsheet or a person writes a cell otherwise than it was. */
const damages: Record<string, (cell: WrittenCell) => string> = {
  apostrophe: ({ kind, text }) => (kind === 'barcode' && text ? `'${text}` : text),
  formula: ({ kind, text }) => (kind === 'barcode' && text ? `="${text}"` : text),
  science: ({ kind, text }) =>
    kind === 'barcode' && text.length > 11 ? Number(text).toExponential(5).replace('e', 'E') : text,
  'point zero': ({ kind, text }) => (kind === 'barcode' && text ? `${text}.0` : text),
  'lost zeros': ({ kind, text }) => (kind === 'barcode' ? text.replace(/^0+(?=\d)/, '') : text),
  'too narrow': ({ kind, text }) => (kind === 'barcode' && text ? '########' : text),
  'no-break space': ({ text }) => (text ? `${text}\u00A0` : text),
  invisible: ({ kind, text }) =>
    kind === 'sku' || kind === 'barcode' ? text.replace(/^(.)/, '$1\u200B') : text,
  'negative stock': ({ kind, text }) => (kind === 'quantity' ? `-${text}` : text),
  'units with decimals': ({ kind, text }) => (kind === 'quantity' ? `${text}.0` : text),
  'currency sign': ({ kind, text }) => (kind === 'price' ? `€ ${text}` : text),
  'handle in capitals': ({ kind, text }) => (kind === 'handle' ? text.toUpperCase() : text),
  'handle with underscores': ({ kind, text }) => (kind === 'handle' ? text.replaceAll('-', '_') : text),
}
const damage = fc.option(fc.constantFrom(...Object.keys(damages)), { freq: 3 })

const told = (warnings: readonly string[], ...kinds: FixKind[]) =>
  kinds.some((kind) => warnings.some((sentence) => sentence.startsWith(fixes[kind])))

/** The findings that explain another value of each field. */
const explanations: Record<'sku' | 'barcode' | 'price' | 'quantity', { fixes: FixKind[]; asks: AskKind[] }> =
  {
    sku: {
      fixes: ['apostrophe_removed', 'invisible_removed', 'sku_derived'],
      asks: ['date_code', 'rounded_code'],
    },
    barcode: {
      fixes: ['apostrophe_removed', 'invisible_removed', 'code_cleaned', 'no_barcode'],
      asks: ['rounded_code', 'lost_zeros', 'date_code', 'shared_barcode'],
    },
    price: { fixes: ['price_rewritten'], asks: [] },
    quantity: { fixes: ['stock_below_zero', 'quantity_rewritten'], asks: ['large_quantity'] },
  }

const sameCode = (a: string, b: string) =>
  a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b))

test.for(systems)('a damaged file of %s is imported as meant, explained or refused', (system) => {
  fc.assert(
    fc.property(
      catalogue,
      locale,
      damage,
      fc.infiniteStream(fc.boolean()),
      (products, written, hurt, where) => {
        const hurts = damages[hurt ?? ''] ?? (({ text }: WrittenCell) => text)
        const bytes = writtenFile(products, system, written, (cell) => {
          const [isHit = false] = [...where.take(1)]
          return isHit ? hurts(cell) : cell.text
        })

        const read = parseFile(bytes, 'EUR')
        if (!read.ok) {
          // Without damage there is nothing to refuse.
          expect(hurt).not.toBeNull()
          for (const { why } of read.error) expect(why).toMatch(/\w/)
          return
        }
        if (read.data.kind !== 'products') throw new Error('read as an inventory')
        const { products: found, warnings } = read.data
        const asked = new Set(found.flatMap(({ asks }) => asks.map(({ kind }) => kind)))
        expect(found.map(({ title }) => title)).toEqual(products.map(({ title }) => title))
        for (const [index, { variants }] of products.entries()) {
          expect(found[index]?.variants.length).toBe(variants.length)
          for (const [place, meant] of variants.entries()) {
            const got = found[index]?.variants[place]
            const differs = {
              sku: got?.sku !== meant.sku,
              barcode: !sameCode(got?.barcode ?? '', meant.barcode),
              price: got?.price_minor !== meant.price,
              quantity: got?.quantity !== meant.quantity,
            }
            for (const field of ['sku', 'barcode', 'price', 'quantity'] as const) {
              if (!differs[field]) continue
              const { fixes: kinds, asks } = explanations[field]
              const isExplained = told(warnings, ...kinds) || asks.some((kind) => asked.has(kind))
              expect([field, meant[field], got, isExplained]).toEqual([field, meant[field], got, true])
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})
