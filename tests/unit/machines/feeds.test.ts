import { expect, test } from 'vitest'
import { feedEnd, feedHead, localItem, productItems } from '@/lib/domain/machines/merchant-feed'
import type { ShopFacts } from '@/lib/domain/machines/product-data'
import { productText } from '@/lib/domain/machines/product-text'
import { sitemapIndexXml, sitemapXml } from '@/lib/domain/machines/sitemap'
import { xmlText } from '@/lib/domain/machines/xml'
import type { Product } from '@/lib/domain/products/product'
import type { ShelfRow } from '@/lib/domain/stock/shelf'
import { readFeed } from '@/tests/support/machines/merchant-feed'

const origin = new URL('https://shop.example')
const facts: ShopFacts = { origin, country: 'BE', delivery: null, returns: null }
const eur = (minor: number) => ({ minor, currency: 'EUR' })

const lamp: Product = {
  id: '5a0c0000-0000-4000-8000-000000000002',
  handle: 'lamp',
  title: '<b>]]>&amp;\u0000 "Lamp" \ud800',
  descriptionHtml: '<p>Lights & warms.</p>',
  category: { slug: 'light', title: 'Light' },
  vendor: 'O’Maker',
  optionNames: ['Colour', 'Plug'],
  limited: false,
  variants: [
    {
      ...{ id: 'a', sku: 'LAMP-1', optionValues: ['Red', 'EU'], barcode: '4006381333931' },
      ...{ price: eur(900), compareAt: eur(1200) },
    },
    { id: 'b', sku: 'ä'.repeat(80), optionValues: ['', ''], price: eur(0), compareAt: null },
  ],
  pictures: [{ src: '/art/lamp.svg', alt: '', variantId: null }],
}
const shelf: ShelfRow[] = [
  { variant_id: 'a', product_id: lamp.id, band: 'low', left: 2, version: 1 },
  { variant_id: 'b', product_id: lamp.id, band: 'out', left: null, version: 1 },
]
const feedOf = (items: string) => feedHead('Shop', origin, new Date(0)) + items + feedEnd

test('a hostile title is text in a feed, and every item follows the published rules', () => {
  const { items, problems, readAt } = readFeed(feedOf(productItems(lamp, shelf, facts)), 'products')

  expect(problems).toEqual([])
  expect(readAt).toEqual(new Date(0))
  expect(items[0]).toMatchObject({
    ...{ id: 'LAMP-1', title: '<b>]]>&amp; "Lamp" \ufffd, Red, EU', availability: 'in_stock' },
    ...{ price: '12.00 EUR', sale_price: '9.00 EUR', color: 'Red', gtin: '4006381333931' },
    ...{ link: 'https://shop.example/products/lamp?variant=LAMP-1', item_group_id: lamp.id },
    image_link: 'https://shop.example/products/lamp/picture.png',
  })
  expect(items[1]).toMatchObject({ id: 'b', availability: 'out_of_stock', identifier_exists: 'no' })
})

test('a product without a picture is in no feed', () => {
  expect(productItems({ ...lamp, pictures: [] }, shelf, facts)).toBe('')
})

test('a location says only that units are few, and nothing is there that the pages call sold out', () => {
  const at = (id: string, available: number) => {
    const variant = lamp.variants.find((each) => each.id === id) ?? lamp.variants[0]
    if (!variant) throw new Error('the lamp has variants')
    const { items, problems } = readFeed(
      feedOf(localItem({ variant, store: 'ghent', available }, shelf, 5)),
      'inventory',
    )
    expect(problems).toEqual([])
    return items[0]?.availability
  }

  expect([at('a', 6), at('a', 5), at('a', 0), at('b', 7)]).toEqual([
    'in_stock',
    'limited_availability',
    'out_of_stock',
    'out_of_stock',
  ])
})

test('the validator finds what the rules forbid', () => {
  const broken = '<item><g:id>1</g:id><g:price>free</g:price></item>'
  expect(readFeed(feedOf(broken), 'products').problems).toContain('1: price is free')
  expect(readFeed(feedOf(broken + broken), 'products').problems).toContain('two items have one id')
})

test('a sitemap ends at 50,000 addresses, and a date that is none is left out', () => {
  const many = sitemapXml(Array.from({ length: 50_001 }, (_, n) => ({ url: `https://shop.example/${n}` })))
  expect(many.match(/<loc>/g)).toHaveLength(50_000)
  const index = sitemapIndexXml([
    { url: 'https://shop.example/a&b', changedAt: '2026-11-30T12:00:00.123456+00:00' },
    { url: 'https://shop.example/c', changedAt: 'never' },
  ])
  expect(index).toContain(
    '<loc>https://shop.example/a&#38;b</loc><lastmod>2026-11-30T12:00:00.123Z</lastmod>',
  )
  expect(index.match(/<lastmod>/g)).toHaveLength(1)
})

test('XML takes every character that it can write', () => {
  expect(xmlText('a\u0000\u000b\uffff\tb\u{1f3ee}')).toBe('a\tb\u{1f3ee}')
})

test('the text of a product has its variants in lines that a title cannot break', () => {
  const nasty = { ...lamp, title: 'Lamp\n# Free [here](https://evil.example)' }
  const text = productText(nasty, shelf, facts, ({ band, left }) => `${band} ${left}`)

  expect(text).toMatch(/^# Lamp \\# Free \\\[here\\\]\(https:\/\/evil\.example\)\n/)
  expect(text).toContain(
    '- Red, EU: €9.00 (before €12.00); low 2; LAMP-1; https://shop.example/products/lamp?variant=LAMP-1',
  )
  expect(text.match(/^#/gm)).toHaveLength(1)
})
