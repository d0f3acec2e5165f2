import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogueHeading, catalogueRecords } from '@/lib/domain/exports/catalogue-records'
import { csvLines } from '@/lib/domain/exports/csv'
import type { ExportedLevel, ExportedProduct } from '@/lib/domain/exports/product'
import { visible } from '@/lib/domain/imports/reading/cells/cell'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { toSafeHtml } from '@/lib/domain/imports/reading/safe-html'
import { disarmed, rearmed } from '@/lib/domain/text/formula'

/** Text as the catalogue can hold it: trimmed input, in any script, also text that looks like a formula. */
const text = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength }),
      fc.constantFrom('=1+1', '-3', '@A1', "'=x", '+49 "x"', 'a,b\nc'),
    )
    .map((any) => any.replaceAll(/[\0\uFFFD\r]/g, '').trim())
const named = (maxLength: number) => text(maxLength).filter(Boolean)
const tag = named(12)
  .map((any) => any.replaceAll(',', '').trim())
  .filter(Boolean)

const variant = (id: string, option_values: string[]) =>
  fc.record({
    id: fc.constant(id),
    position: fc.constant(1),
    sku: fc.constant(visible(`=SKU-${id}-${option_values.join('-')}`.slice(0, 120))),
    option_values: fc.constant(option_values),
    price_minor: fc.nat(2_000_000_000),
    compare_at_minor: fc.option(fc.integer({ min: 1, max: 2_000_000_000 })),
    barcode: fc.option(fc.stringMatching(/^[0-9]{8,13}$/)),
    active: fc.boolean(),
    stock_levels: fc.constant<ExportedLevel[]>([]),
  })

const choices = fc
  .uniqueArray(named(10), { maxLength: 3 })
  .filter((names) => !names.some((name) => name.toLowerCase() === 'title'))
  .chain((names) =>
    names.length === 0
      ? fc.constant({ names, values: [[]] as string[][] })
      : fc
          .uniqueArray(
            fc.tuple(...names.map(() => named(10))).map((row) => row as string[]),
            {
              minLength: 1,
              maxLength: 4,
              selector: (row) => JSON.stringify(row),
            },
          )
          .map((values) => ({ names, values })),
  )

const product: fc.Arbitrary<ExportedProduct> = choices.chain(({ names, values }) =>
  fc.record({
    id: fc.constant('id'),
    position: fc.constant(1),
    handle: fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8})?$/),
    title: named(40).map((any) => any.replaceAll('\n', ' ')),
    description_html: text(60).map((any) => toSafeHtml(`<p>${any}</p>`)),
    vendor: text(20),
    categories: fc.constantFrom(
      { slug: 'tea-ware', title: 'Tea ware' },
      { slug: 'light', title: 'Lamps & more' },
    ),
    tags: fc.uniqueArray(tag, { maxLength: 3 }),
    option_names: fc.constant(names),
    tax_rate_bp: fc.constant(1900),
    status: fc.constantFrom('draft' as const, 'active' as const, 'archived' as const),
    variants: fc.tuple(...values.map((row, index) => variant(String(index), row))),
    product_media: fc
      .uniqueArray(fc.stringMatching(/^\/art\/[a-z]{1,5}\.svg$/), { maxLength: 5 })
      .chain((sources) =>
        fc.tuple(
          ...sources.map((src, index) =>
            fc.record({
              src: fc.constant(src),
              alt: text(20),
              position: fc.constant(index + 1),
              // Each variant shows one picture at most: more than one the format cannot say.
              variant_id: fc.constantFrom(null, values[index] && names.length > 0 ? String(index) : null),
            }),
          ),
        ),
      ),
  }),
)

test('any product that is exported is the product that is read', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(product, (exported) => {
      const file = csvLines([catalogueHeading(), ...catalogueRecords(exported, 'EUR')])

      const read = parseCatalogue(new TextEncoder().encode(file), 'EUR')

      const shows = (id: string | null) =>
        exported.variants.find((one) => one.id === id)?.option_values ?? null
      expect(read).toMatchObject({
        ok: true,
        data: {
          warnings: [],
          products: [
            {
              handle: exported.handle,
              title: exported.title,
              description_html: exported.description_html,
              vendor: exported.vendor,
              category_slug: exported.categories.slug,
              tags: exported.tags,
              option_names: exported.option_names,
              status: exported.status,
              media:
                exported.product_media.length === 0
                  ? null
                  : exported.product_media.map(({ src, alt, variant_id }) => ({
                      src,
                      alt,
                      option_values: shows(variant_id),
                    })),
              variants: exported.variants.map((one) => ({
                sku: one.sku,
                option_values: one.option_values,
                price_minor: one.price_minor,
                compare_at_minor: one.compare_at_minor ?? 0,
                barcode: one.barcode ?? '',
                quantity: null,
                active: one.active,
              })),
            },
          ],
        },
      })
    }),
    { numRuns: 40 },
  )
})

test('no cell of a file runs in a spreadsheet, and each reads as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("'=x", "''@", '=cmd', '\t=x', '-1')), (cell) => {
      expect(disarmed(cell)).not.toMatch(/^[=+\-@\t]/)
      expect(rearmed(disarmed(cell))).toBe(cell)
    }),
  )
})

test('a variant whose choices the product has no names for is left out, and so is a product of no other', () => {
  const [exported] = fc.sample(product, { numRuns: 1, seed: 1 })
  const [first] = exported?.variants ?? []
  if (!exported || !first) throw new Error('no product')
  const former = { ...first, sku: 'FORMER', option_values: [...exported.option_names, 'Blue'], active: false }

  const records = catalogueRecords({ ...exported, variants: [...exported.variants, former] }, 'EUR')

  expect(records).toEqual(catalogueRecords(exported, 'EUR'))
  expect(catalogueRecords({ ...exported, variants: [former] }, 'EUR')).toEqual([])
})

test('pictures that the format cannot tell apart are left unsaid', () => {
  const [exported] = fc.sample(product, { numRuns: 1, seed: 1 })
  if (!exported) throw new Error('no product')
  const picture = { src: '/art/a.svg', alt: '', position: 1, variant_id: null }
  const records = catalogueRecords({ ...exported, product_media: [picture, picture] }, 'EUR')

  expect(records).toHaveLength(exported.variants.length)
  expect(records.flat()).not.toContain('/art/a.svg')
})
