import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { VariantChoice } from '@/components/shop/catalog/variant-choice'
import type { Product } from '@/lib/domain/products/product'

const variant = (sku: string, ...optionValues: string[]) => ({
  id: sku,
  sku,
  optionValues,
  price: { minor: 100, currency: 'EUR' },
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
  ],
  pictures: [],
}

test('every choice is a link to a variant, the chosen one is marked', () => {
  const [, singleBlue] = blanket.variants
  if (!singleBlue) throw new Error('the blanket has a blue single')

  render(<VariantChoice product={blanket} chosen={singleBlue} shelf={null} />)

  expect(screen.getByRole('link', { name: 'Red' }).getAttribute('href')).toBe(
    '/products/blanket?variant=S-RED',
  )
  expect(screen.getByRole('link', { name: 'Double' }).getAttribute('href')).toBe(
    '/products/blanket?variant=D-RED',
  )
  expect(screen.getByRole('link', { name: 'Blue', current: true })).toBeTruthy()
  expect(screen.getAllByRole('link', { current: true })).toHaveLength(2)
})
