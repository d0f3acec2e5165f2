import { expect, test } from 'vitest'
import { jsonLd } from '@/lib/domain/machines/json-ld'
import { productData, type ShopFacts } from '@/lib/domain/machines/product-data'
import type { Product } from '@/lib/domain/products/product'
import type { ShelfBand, ShelfRow } from '@/lib/domain/stock/shelf'
import { problemsOfGraph } from '@/tests/support/machines/merchant-listing'

const eur = (minor: number) => ({ minor, currency: 'EUR' })

const jug: Product = {
  id: '5a0c0000-0000-4000-8000-000000000001',
  handle: 'pour-jug',
  title: 'Pour Jug',
  descriptionHtml: '<p>Pours to the last drop.</p>',
  category: { slug: 'table', title: 'Table' },
  vendor: 'Ilse Verbrugge',
  optionNames: ['Glaze', 'Lid'],
  limited: true,
  variants: [
    { id: 'a', sku: 'JUG/1', optionValues: ['Cobalt', 'Yes'], price: eur(4800), compareAt: eur(5200) },
    { id: 'b', sku: 'JUG/2', optionValues: ['Chalk', 'No'], price: eur(4400), compareAt: null },
  ],
  pictures: [{ src: '/art/jug-marigold-cobalt-4.svg', alt: '', variantId: null }],
}
const [first] = jug.variants
if (!first) throw new Error('the jug has variants')

const facts: ShopFacts = {
  origin: new URL('https://shop.example'),
  country: 'BE',
  delivery: [],
  returns: null,
}
const shelfOf = (...bands: ShelfBand[]): ShelfRow[] =>
  bands.map((band, at) => ({
    variant_id: jug.variants[at]?.id ?? '',
    product_id: jug.id,
    band,
    left: null,
    version: 1,
  }))
const dataOf = (product: Product, shelf: ShelfRow[], shop = facts) => {
  const graph = JSON.parse(jsonLd(productData(product, product.variants[0] ?? first, shelf, shop)))
  const [node, way] = graph['@graph']
  return { graph, node, way }
}

test.for([
  ['in', 'https://schema.org/InStock'],
  ['low', 'https://schema.org/LimitedAvailability'],
  ['out', 'https://schema.org/OutOfStock'],
  ['unlisted', 'https://schema.org/OutOfStock'],
] as const)('search engines are told what shoppers see: %s', ([band, availability]) => {
  const { node } = dataOf(jug, shelfOf(band, 'in'))

  expect(node.hasVariant[0].offers).toMatchObject({ availability, price: '48.00', priceCurrency: 'EUR' })
  expect(node.hasVariant[1].offers).toMatchObject({ availability: 'https://schema.org/InStock' })
})

test('a group names its variants, what they differ in, and has no error by the published rules', () => {
  const { graph, node, way } = dataOf(jug, shelfOf('in', 'out'))

  expect(problemsOfGraph(graph)).toEqual([])
  expect(node).toMatchObject({ '@type': 'ProductGroup', productGroupID: jug.id })
  expect(node.variesBy).toEqual(['https://schema.org/color', 'Lid'])
  expect(node.hasVariant[0]).toMatchObject({ color: 'Cobalt', name: 'Pour Jug, Cobalt, Yes' })
  expect(node.hasVariant[0].additionalProperty).toEqual([
    { '@type': 'PropertyValue', name: 'Lid', value: 'Yes' },
  ])
  expect(way.itemListElement.map(({ item }: { item: string }) => item)).toEqual([
    'https://shop.example/category/table',
    'https://shop.example/products/pour-jug',
  ])
})

test('a product without choices is one product at its only address', () => {
  const bowl = { ...jug, optionNames: [], variants: [{ ...first, optionValues: [] }] }
  const { graph, node } = dataOf(bowl, shelfOf('in'))

  expect(problemsOfGraph(graph)).toEqual([])
  expect(node).toMatchObject({ '@type': 'Product', sku: 'JUG/1', name: 'Pour Jug' })
  expect(node.offers.url).toBe('https://shop.example/products/pour-jug')
})

test('a wide product names the chosen variant alone, whose stock was read', () => {
  const variants = Array.from({ length: 101 }, (_, n) => ({ ...first, id: `v${n}`, sku: `JUG-${n}` }))
  const { node } = dataOf({ ...jug, variants }, shelfOf('in'))

  expect(node.hasVariant).toHaveLength(1)
})

test('every address in the data is whole', () => {
  const { node } = dataOf(jug, shelfOf('in', 'in'))

  expect(node.hasVariant[0].offers.url).toBe('https://shop.example/products/pour-jug?variant=JUG%2F1')
  expect(node.hasVariant[0].image).toEqual(['https://shop.example/art/jug-marigold-cobalt-4.svg'])
})

test('the delivery is that of the price in the shop’s own country; nothing is said where none is known', () => {
  const offer = {
    countries: ['DE', 'BE'],
    isWhole: true,
    rates: [
      { fromMinor: 0, minor: 490 },
      { fromMinor: 4500, minor: 0 },
    ],
    estimate: '2–3 working days',
  }
  const { node } = dataOf(jug, shelfOf('in', 'in'), { ...facts, delivery: [offer] })
  const [dear, cheap] = node.hasVariant.map(
    ({ offers }: { offers: { shippingDetails: unknown } }) => offers.shippingDetails,
  )

  expect(dear).toMatchObject({
    shippingRate: { value: 0 },
    shippingDestination: { addressCountry: 'BE' },
    deliveryTime: { transitTime: { minValue: 2, maxValue: 3, unitCode: 'DAY' } },
  })
  expect(cheap).toMatchObject({ shippingRate: { value: 4.9, currency: 'EUR' } })
  for (const delivery of [null, [{ ...offer, isWhole: false }]]) {
    const unknown = dataOf(jug, shelfOf('in', 'in'), { ...facts, delivery })
    expect(unknown.node.hasVariant[0].offers.shippingDetails).toBeUndefined()
  }
})

test('a title cannot end the script, and is read back as it is', () => {
  const nasty = { ...jug, title: '</script><script>alert(1)</script>\u2028<!--' }
  const text = jsonLd(productData(nasty, first, shelfOf('in'), facts))

  expect(text).not.toMatch(/[<\u2028]/)
  expect(JSON.parse(text)['@graph'][0].name).toBe(nasty.title)
})

test('an offer has the return policy that the shop states, and none that it does not', () => {
  expect(dataOf(jug, shelfOf('in')).node.hasVariant[0].offers.hasMerchantReturnPolicy).toBeUndefined()
  const { graph, node } = dataOf(jug, shelfOf('in'), { ...facts, returns: { days: 30, isFree: true } })
  expect(problemsOfGraph(graph)).toEqual([])
  expect(node.hasVariant[0].offers.hasMerchantReturnPolicy).toEqual({
    '@type': 'MerchantReturnPolicy',
    applicableCountry: 'BE',
    returnPolicyCategory: 'https://schema.org/MerchantReturnFiniteReturnWindow',
    merchantReturnDays: 30,
    returnMethod: 'https://schema.org/ReturnByMail',
    returnFees: 'https://schema.org/FreeReturn',
  })
})
