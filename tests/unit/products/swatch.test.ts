import { expect, test } from 'vitest'
import { swatchOf } from '@/lib/domain/products/swatch'

test.for([
  ['Cobalt', '#3f58c4'],
  ['Moss green', '#6f8244'],
  ['Black leather', '#34344c'],
  ['Rose gold', '#cf7a4c'],
  ['Corals', '#e8643c'],
  ['Large', null],
  ['', null],
  ['constructor', null],
] as const)('the swatch of "%s" is %s', ([value, colour]) => {
  expect(swatchOf(value)).toBe(colour)
})
