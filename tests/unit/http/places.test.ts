import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPlaces } from '@/lib/server/network/places'

const aResponse = (destroyed = false) =>
  Object.assign(new EventEmitter(), { destroyed }) as unknown as ServerResponse

/** Places, and the pages that were begun, in their order. */
function opened() {
  const places = createPlaces()
  const begun: string[] = []
  const enter = (network: string, name: string, isHeavy: boolean, response = aResponse()) => {
    const isIn = places.enter(network, isHeavy, response, () => begun.push(name))
    return Object.assign(response, { isIn })
  }
  return { begun, enter }
}

test('ordinary pages begin at once, however many networks ask', () => {
  const { begun, enter } = opened()

  for (let n = 0; n < 50; n++) enter(`network ${n}`, 'page', false)

  expect(begun).toHaveLength(50)
})

test('heavy networks have one place together and take turns; ordinary pages do not wait for them', () => {
  const { begun, enter } = opened()
  enter('shopper', 'shopper', false)
  const pages = ['flood 1', 'flood 2', 'flood 3'].map((name) => enter('flood', name, true))
  const office = enter('office', 'office', true)
  enter('another shopper', 'another shopper', false)
  expect(begun).toEqual(['shopper', 'flood 1', 'another shopper'])

  pages[0]?.emit('close')
  pages[0]?.emit('close')
  expect(begun.slice(3)).toEqual(['flood 2'])
  pages[1]?.emit('close')
  expect(begun.slice(4)).toEqual(['office'])
  office.emit('close')
  expect(begun.slice(5)).toEqual(['flood 3'])
})

test('a network with more pages in the making than a household is heavy', () => {
  const { begun, enter } = opened()
  enter('shopper', 'shopper', false)
  for (let n = 1; n <= 4; n++) enter('household', `page ${n}`, false)

  // Two at once, and the one place of heavy networks.
  expect(begun).toEqual(['shopper', 'page 1', 'page 2', 'page 3'])
})

test('a line has an end', () => {
  const { begun, enter } = opened()
  enter('shopper', 'shopper', false)
  enter('flood', 'flood', true)
  for (let n = 0; n < 100; n++) expect(enter('flood', 'waiting', true).isIn).toBe(true)

  expect(enter('flood', 'too many', true).isIn).toBe(false)
  expect(enter('office', 'office', true).isIn).toBe(true)
  expect(begun).toEqual(['shopper', 'flood'])
})

test('a client that reads slowly or went away keeps no place', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { begun, enter } = opened()
  enter('shopper', 'shopper', false)
  enter('flood', 'slow', true)
  enter('flood', 'gone', true, aResponse(true))
  enter('flood', 'next', true)

  vi.advanceTimersByTime(2001)

  expect(begun).toEqual(['shopper', 'slow', 'next'])
})
