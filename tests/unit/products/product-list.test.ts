import { expect, test } from 'vitest'
import { followable, type ProductEntry } from '@/lib/domain/products/product-list'

const entry = (product_id: string, variants: number): ProductEntry => ({
  product_id,
  handle: 'jug',
  title: 'Jug',
  category: 'tests',
  status: 'active',
  limited: false,
  version: 1,
  variants,
  lowest_minor: null,
  highest_minor: null,
  currency: null,
  picture: null,
})

test('a page follows the prices of all its products, and where they have very many variants of the first', () => {
  expect(followable([entry('a', 3), entry('b', 100)])).toEqual(['a', 'b'])
  expect(followable([entry('a', 600), entry('b', 300), entry('c', 1)])).toEqual(['a', 'b'])
})
