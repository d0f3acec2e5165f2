import { expect, test } from 'vitest'
import { keptText } from '@/lib/domain/imports/kept-text'
import type { ImportPreview } from '@/lib/domain/imports/preview'
import { previewText } from '@/lib/domain/imports/preview-text'

const counts = { new: 0, changed: 0, unchanged: 0 }
const variant = { sku: 'MUG', price_minor: 900, compare_at_minor: null, currency: 'EUR', on_hand: 12 }

function preview(change: Partial<ImportPreview>): ImportPreview {
  return {
    import: {
      id: '00000000-0000-0000-0000-000000000001',
      kind: 'products',
      reverts: null,
      number: 1,
      document: 'import-1',
      file_name: 'mugs.csv',
      location_id: '00000000-0000-0000-0000-000000000002',
      warnings: [],
      problems: [],
      created_at: '2026-11-23T00:00:00Z',
      applied_at: null,
      version: 1,
      summary: {
        products: counts,
        variants: { ...counts, changed: 1 },
        levels: counts,
        fields: { price_minor: 1 },
        units_in: 0,
        units_out: 2,
        fingerprint: '',
      },
    },
    changes: [],
    conflicts: [],
    questions: [],
    asks: [],
    kept: [],
    reverted_by: null,
    ...change,
  }
}

test('a changed variant is told field by field, money as money and units with their difference', () => {
  const after = { ...variant, price_minor: 1050, compare_at_minor: 1200, on_hand: 10 }

  const lines = previewText(
    preview({
      changes: [{ subject: 'variant', line: 7, handle: 'mug', sku: 'MUG', before: variant, after }],
    }),
  )

  expect(lines).toEqual([
    'products  0 new, 0 changed, 0 unchanged',
    'variants  0 new, 1 changed, 0 unchanged',
    'units     +0, −2 on hand',
    'fields    price 1',
    '  line 7  MUG: price €9.00 → €10.50, former price none → €12.00, on hand 12 → 10 (−2)',
  ])
})

test('a new product is marked, and unlisted products are counted', () => {
  const after = { title: 'Cup', media: [], tags: ['clay'] }
  const { summary } = preview({}).import

  const lines = previewText({
    ...preview({ changes: [{ subject: 'product', line: 2, handle: 'cup', sku: null, before: null, after }] }),
    import: { ...preview({}).import, summary: { ...summary, products: { ...counts, new: 5 } } },
  })

  expect(lines.slice(-2)).toEqual(['  line 2  Cup: new product', '  … and 5 more'])
})

test('a new variant is told with its price and the units it comes with', () => {
  const lines = previewText(
    preview({
      changes: [{ subject: 'variant', line: 2, handle: 'mug', sku: 'MUG', before: null, after: variant }],
    }),
  )

  expect(lines.at(-1)).toBe('  line 2  MUG: new variant, price €9.00, on hand 12')
})

test('pictures are counted, lists joined and long texts shortened', () => {
  const before = { title: 'Cup', media: [{ src: '/a' }], tags: ['clay'], description_html: '' }
  const after = {
    title: 'Cup',
    media: [],
    tags: ['clay', 'ash'],
    description_html: `<p>${'so '.repeat(60)}</p>`,
  }

  const [change = ''] = previewText(
    preview({ changes: [{ subject: 'product', line: 2, handle: 'cup', sku: null, before, after }] }),
  ).slice(-1)

  expect(change).toContain('pictures 1 picture → 0 pictures')
  expect(change).toContain('tags clay → clay, ash')
  expect(change).toMatch(/description none → <p>so so .*…$/)
})

test('problems of an import are listed by line, column and value', () => {
  const conflicts = [{ line: 3, column: 'Variant SKU', value: 'MUG', why: 'is or would become bowl' }]

  expect(previewText(preview({ conflicts })).at(-1)).toBe(
    '  ✗ line 3, Variant SKU "MUG": is or would become bowl',
  )
})

test('fields that a revert keeps are listed with the reason', () => {
  const variant = { line: 3, subject: 'variant', handle: 'mug', sku: 'MUG' } as const

  const lines = keptText(
    [
      { ...variant, field: 'price_minor', wanted: 999, found: 1250, why: 'changed_since' },
      { ...variant, field: 'on_hand', wanted: -7, found: -2, why: 'unavailable_since' },
      { ...variant, field: 'active', wanted: true, found: false, why: 'taken_since' },
    ],
    'EUR',
  )

  expect(lines).toEqual([
    '  = MUG, price: Changed to €12.50 since the import; it was €9.99 before.',
    '  = MUG, on hand: −2 of −7: the others are gone, or held, ordered or kept as safety stock.',
    '  = MUG, on sale: Its product has other choices by now, which it does not fit; it stays off sale.',
  ])
})
