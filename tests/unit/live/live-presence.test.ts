import { expect, test } from 'vitest'
import { afterWord, type Guests, manners, parseWord, type Room, stillThere } from '@/lib/domain/live/presence'

const room: Room<{ name: string }> = {
  name: 'product:1',
  parse: (candidate) => {
    const { name } = candidate as { name?: unknown }
    return typeof name === 'string' ? { name } : null
  },
}
const empty: Guests<{ name: string }> = new Map()
const hello = (key: string, name: string) => ({ key, state: { name } })

test('a peer is present at its last reported position', () => {
  const guests = afterWord(afterWord(empty, room, hello('a', 'Ada'), 0), room, hello('a', 'Ada L.'), 5)

  expect([...guests]).toEqual([['a', { key: 'a', state: { name: 'Ada L.' }, heardAt: 5 }]])
})

test('a peer that leaves is gone, and an unknown one changes nothing by leaving', () => {
  const guests = afterWord(empty, room, hello('a', 'Ada'), 0)

  expect(afterWord(guests, room, { key: 'a', state: null }, 1).size).toBe(0)
  expect(afterWord(guests, room, { key: 'b', state: null }, 1)).toEqual(guests)
})

test('a silent peer is gone after 25 seconds', () => {
  const guests = afterWord(empty, room, hello('a', 'Ada'), 0)

  expect(stillThere(guests, manners.goneMs - 1)).toEqual(guests)
  expect(stillThere(guests, manners.goneMs).size).toBe(0)
  expect(manners.stillHereMs * 2).toBeLessThan(manners.goneMs)
})

test('an unreadable message is not shown', () => {
  expect(afterWord(empty, room, { key: 'a', state: { name: 7 } }, 0)).toEqual(empty)
  expect(parseWord('hello')).toBeNull()
  expect(parseWord({ state: {} })).toBeNull()
  expect(parseWord({ key: 'a' })).toEqual({ key: 'a', state: null })
})
