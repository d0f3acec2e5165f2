import { expect, test } from 'vitest'
import { clockFace, minutesToAnnounce, wholeMinutes } from '@/lib/domain/cart/hold-time'

test('a hold counts down in minutes and seconds', () => {
  expect(clockFace(581_000)).toBe('9:41')
  expect(clockFace(61_000)).toBe('1:01')
})

test('the last second counts until it is over', () => {
  expect(clockFace(1)).toBe('0:01')
  expect(clockFace(0)).toBe('0:00')
  expect(clockFace(-5_000)).toBe('0:00')
})

test('a page that cannot count down promises only whole minutes', () => {
  expect(wholeMinutes(599_000)).toBe(9)
})

test('a hold is announced five, two and one minutes before its end, and when it is over', () => {
  const minutes = [301_000, 300_000, 120_001, 120_000, 60_000, 1, 0].map(minutesToAnnounce)

  expect(minutes).toEqual([null, 5, 5, 2, 1, 1, 0])
})
