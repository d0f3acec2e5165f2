import { expect, test } from 'vitest'
import type { Product } from '@/lib/domain/products/product'
import { productData } from '@/lib/domain/products/product-data'

const jug: Product = {
  id: 'p',
  handle: 'pour-jug',
  title: 'Pour Jug',
  descriptionHtml: '<p>Pours to the last drop.</p>',
  category: { slug: 'table', title: 'Table' },
  vendor: 'Ilse Verbrugge',
  optionNames: ['Glaze'],
  limited: true,
  variants: [
    {
      id: 'v',
      sku: 'JUG/1',
      optionValues: ['Cobalt'],
      price: { minor: 4800, currency: 'EUR' },
      compareAt: null,
    },
  ],
  pictures: [{ src: '/art/jug-marigold-cobalt-4.svg', alt: '', variantId: null }],
}
const origin = new URL('https://shop.example')

test.for([
  ['in', 'https://schema.org/InStock'],
  ['low', 'https://schema.org/LimitedAvailability'],
  ['out', 'https://schema.org/OutOfStock'],
  ['unlisted', 'https://schema.org/OutOfStock'],
] as const)('search engines are told what shoppers see: %s', ([band, availability]) => {
  const [variant] = jug.variants
  const data = variant && productData(jug, variant, { band, left: null }, origin)

  expect(data?.offers).toMatchObject({ availability, price: '48.00', priceCurrency: 'EUR' })
})

test('every address in the data is whole', () => {
  const [variant] = jug.variants
  const data = variant && productData(jug, variant, { band: 'in', left: null }, origin)

  expect(data?.offers.url).toBe('https://shop.example/products/pour-jug?variant=JUG%2F1')
  expect(data?.image).toEqual(['https://shop.example/art/jug-marigold-cobalt-4.svg'])
})
