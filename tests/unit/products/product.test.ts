import { expect, test } from 'vitest'
import {
  chosenVariant,
  optionValues,
  type Product,
  picturesFor,
  reducedFrom,
  variantWith,
} from '@/lib/domain/products/product'

const eur = (minor: number) => ({ minor, currency: 'EUR' })
const variant = (sku: string, ...optionValues: string[]) => ({
  id: `id-${sku}`,
  sku,
  optionValues,
  price: eur(100),
  compareAt: null,
})

const blanket: Product = {
  id: 'p',
  handle: 'blanket',
  title: 'Blanket',
  descriptionHtml: '',
  category: { slug: 'textile', title: 'Textile' },
  vendor: '',
  optionNames: ['Size', 'Colour'],
  limited: false,
  variants: [
    variant('S-RED', 'Single', 'Red'),
    variant('S-BLUE', 'Single', 'Blue'),
    variant('D-RED', 'Double', 'Red'),
    variant('D-BLUE', 'Double', 'Blue'),
  ],
  pictures: [
    { src: '/art/red', alt: 'red', variantId: 'id-S-RED' },
    { src: '/art/blue', alt: 'blue', variantId: 'id-S-BLUE' },
    { src: '/art/close', alt: 'close up', variantId: null },
  ],
}
const [singleRed, , , doubleBlue] = blanket.variants

test('an address without a variant, or with one that is gone, shows the first', () => {
  expect(chosenVariant(blanket, undefined)?.sku).toBe('S-RED')
  expect(chosenVariant(blanket, 'NO-SUCH')?.sku).toBe('S-RED')
  expect(chosenVariant(blanket, 'D-BLUE')?.sku).toBe('D-BLUE')
})

test('choosing a colour keeps the size', () => {
  expect(doubleBlue && variantWith(blanket, doubleBlue, 1, 'Red')?.sku).toBe('D-RED')
})

test('choosing a value no variant has leads nowhere', () => {
  expect(singleRed && variantWith(blanket, singleRed, 1, 'Green')).toBeNull()
})

test('each choice is offered once, in order', () => {
  expect(optionValues(blanket, 0)).toEqual(['Single', 'Double'])
  expect(optionValues(blanket, 1)).toEqual(['Red', 'Blue'])
})

test('the picture of the chosen colour comes first, whatever the size', () => {
  expect(doubleBlue && picturesFor(blanket, doubleBlue).map(({ alt }) => alt)).toEqual([
    'blue',
    'red',
    'close up',
  ])
})

test('a former price is mentioned only when it was higher', () => {
  expect(reducedFrom(eur(4600), eur(5800))).toEqual(eur(5800))
  expect(reducedFrom(eur(4600), eur(4600))).toBeNull()
  expect(reducedFrom(eur(4600), null)).toBeNull()
})
