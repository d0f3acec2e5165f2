import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deriveSku } from '@/lib/domain/imports/reading/derive-sku'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { readTable } from '@/lib/domain/imports/reading/text/records'
import { csv, type Line, quoted } from '@/tests/support/shop/catalogue-file'

/** Any text a cell may hold: commas, quotes, newlines, letters of every script; never the mark of a broken file. */
const cell = fc
  .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a,b', '"', '""', 'x\ny', ' z ', '\uFEFF'))
  .map((text) => text.replaceAll(/[\0\uFFFD\r]/g, ''))

test('written CSV is read back cell for cell, with the line it begins on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      (rows) => {
        // The first cell keeps a row from being an empty line and a file from being blank.
        const cells = [['Handle', 'Title', 'Price'], ...rows.map((row) => ['#', ...row])]
        const text = cells.map((row) => row.map(quoted).join(',')).join('\n')

        const table = readTable(new TextEncoder().encode(text))

        const lines = cells.map((_, index) => cells.slice(0, index).join().split('\n').length + index)
        const [heading, ...records] = cells.map((row, index) => ({ line: lines[index], cells: row }))
        expect(table).toEqual({ ok: true, data: { heading, records, guess: null } })
      },
    ),
  )
})

const options = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), { minLength: 1, maxLength: 5 })
const handle = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8})?$/)
const aProduct = fc.record({
  options,
  price: fc.integer({ min: 0, max: 9_999_999 }),
  quantity: fc.integer({ min: 0, max: 1_000_000 }),
  title: fc.stringMatching(/^[A-Za-z0-9"', ]{1,40}$/).filter((title) => title.trim() !== ''),
})

test('any product written as a file is the product that is read', () => {
  fc.assert(
    fc.property(fc.dictionary(handle, aProduct, { minKeys: 1, maxKeys: 4 }), (catalogue) => {
      const products = Object.entries(catalogue)
      const lines = products.flatMap(([name, product]) =>
        product.options.map<Line>((option, index) => ({
          Handle: name,
          ...(index === 0 ? { Title: product.title, 'Option1 Name': 'Size' } : {}),
          'Option1 Value': option,
          'Variant Price': (product.price / 100).toFixed(2),
          'Variant Inventory Qty': String(product.quantity),
        })),
      )

      const file = parseCatalogue(csv(lines), 'EUR')

      expect(file).toMatchObject({
        ok: true,
        data: {
          products: products.map(([name, product]) => ({
            handle: name,
            title: product.title.trim(),
            variants: product.options.map((option) => ({
              option_values: [option],
              price_minor: product.price,
              quantity: product.quantity,
            })),
          })),
        },
      })
    }),
  )
})

test('a derived SKU depends on the handle and the choices alone', () => {
  expect(deriveSku('clay-plant-pot', ['Large'])).toBe('CLAY-PLANT-POT-LARGE')
  expect(deriveSku('mug', [])).toBe('MUG')
  expect(deriveSku('mug', ['Crème brûlée', '12 oz'])).toBe('MUG-CREME-BRULEE-12-OZ')
  expect(deriveSku('mug', ['大'])).toBe('MUG')
})

test('a derived SKU always fits where SKUs are kept', () => {
  const long = fc.record({
    handle: fc.stringMatching(/^[a-z0-9]{1,250}$/),
    values: fc.array(fc.string(), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(long, ({ handle: name, values }) => {
      const sku = deriveSku(name, values)
      expect(sku).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/)
      expect(sku.length).toBeLessThanOrEqual(120)
    }),
  )
})
