import { expect, test } from 'vitest'
import { searchWords } from '@/lib/domain/products/search-words'

test('a search is its terms, whatever is between them', () => {
  expect(searchWords('  Blue   jug, please ')).toEqual(['blue', 'jug', 'please'])
})

test('a repeated term counts once', () => {
  expect(searchWords('jug Jug JUG')).toEqual(['jug'])
})

test('punctuation cannot become a condition', () => {
  expect(searchWords('jug*),or(status.eq.draft')).toEqual(['jug', 'or', 'status', 'eq', 'draft'])
})

test('letters of every alphabet are letters', () => {
  expect(searchWords('Süd Čaj 3')).toEqual(['süd', 'čaj', '3'])
})

test('nothing typed is no word', () => {
  expect(searchWords(' … ')).toEqual([])
})
