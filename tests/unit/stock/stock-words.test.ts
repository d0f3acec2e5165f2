import { expect, test } from 'vitest'
import { connectionWords, stockWords } from '@/components/stock/words'

test.for([
  [{ band: 'in', left: null }, 'In stock'],
  [{ band: 'in', left: 40 }, '40 left'],
  [{ band: 'low', left: 3 }, '3 left'],
  [{ band: 'low', left: null }, 'Only a few left'],
  [{ band: 'out', left: null }, 'Sold out'],
  [{ band: 'unlisted', left: null }, 'Not available'],
] as const)('%j reads %s', ([stock, words]) => {
  expect(stockWords(stock)).toBe(words)
})

test.for([
  ['stale', 12, 'Reconnecting, last confirmed 12 s ago'],
  ['stale', 600, 'Reconnecting, last confirmed 10 min ago'],
  ['offline', 7_300, 'You are offline, last confirmed 2 h ago'],
  ['connecting', null, 'Connecting to live stock'],
] as const)('%s for %s seconds reads %s', ([name, age, words]) => {
  expect(connectionWords(name, age)).toBe(words)
})
