import { expect, test } from 'vitest'
import { ProductSearch, searchParameters } from '@/lib/domain/products/product-search'
import { optionFilters } from '@/lib/domain/products/search-filters'

test('options are listed by their products, and a chosen value always', () => {
  const counts = { 'Size=S': 2, 'Size=M': 3, 'Glaze=Chalk': 9, ...Object.fromEntries(many(20)) }

  expect(optionFilters(counts, ['Size=XL'])).toEqual([
    {
      name: 'Size',
      values: [
        { choice: 'Size=XL', value: 'XL', products: 0 },
        { choice: 'Size=M', value: 'M', products: 3 },
        { choice: 'Size=S', value: 'S', products: 2 },
      ],
    },
    expect.objectContaining({ name: 'Colour' }),
    { name: 'Glaze', values: [{ choice: 'Glaze=Chalk', value: 'Chalk', products: 9 }] },
  ])
  expect(optionFilters(counts, [])[0]?.values).toHaveLength(12)
})

test('a value may have an equals sign', () => {
  expect(optionFilters({ 'Scale=1=2': 1 }, [])[0]?.values[0]).toMatchObject({ value: '1=2' })
})

test('a search is read from the address and written in one order', () => {
  const search = ProductSearch.parse({
    choice: ['B=2', 'A=1', 'A=1', 'bad'],
    q: ' jug ',
    to: '19,90',
    sort: 'newest',
  })

  expect(search).toMatchObject({ q: 'jug', to: '19.90', choice: ['A=1', 'B=2'], sort: 'newest', page: 1 })
  expect(String(searchParameters(search))).toBe('q=jug&to=19.90&choice=A%3D1&choice=B%3D2&sort=newest')
})

test('unreadable values are not set', () => {
  const search = ProductSearch.parse({
    q: ['a', 'b'],
    from: '-1',
    category: '../x',
    stock: 'on',
    choice: 7,
    sort: 'x',
    page: '0',
  })

  expect(String(searchParameters(search))).toBe('')
})

const many = (values: number) => Array.from({ length: values }, (_, n) => [`Colour=${n}`, 1] as const)
