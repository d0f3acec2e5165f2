import { expect, test } from 'vitest'
import { stillPossible } from '@/lib/domain/forms/still-possible'

test('an empty cart can have all that is left', () => {
  expect(stillPossible({ wanted: 5, left: 2 }, 5)).toBe(2)
})

test('a variant that is in the cart already is not offered', () => {
  expect(stillPossible({ wanted: 5, left: 4 }, 2)).toBe(1)
  expect(stillPossible({ wanted: 4, left: 3 }, 1)).toBe(0)
})

test('a cart that lost part of its hold is offered nothing below zero', () => {
  expect(stillPossible({ wanted: 4, left: 1 }, 1)).toBe(0)
})

test('an uncounted sibling is not offered', () => {
  expect(stillPossible({ wanted: 99, left: null }, 99)).toBe(0)
})
