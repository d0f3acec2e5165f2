import { expect, test } from 'vitest'
import { createPageStore } from '@/lib/server/pages/page-store'

const page = (bytes: number) => ({
  status: 200,
  headers: {},
  body: Buffer.alloc(bytes),
  gzipped: Buffer.alloc(0),
  renderedAt: 0,
})

test('the page that nobody asked for the longest goes first, by number', () => {
  const store = createPageStore({ pages: 2, bytes: 1_000 })
  store.set('a', page(1))
  store.set('b', page(1))
  store.get('a')
  store.set('c', page(1))

  expect([store.get('a'), store.get('b'), store.get('c')].map((each) => each !== undefined)).toEqual([
    true,
    false,
    true,
  ])
})

test('pages together take no more than their room, and a large one takes none', () => {
  const store = createPageStore({ pages: 100, bytes: 1_000 })
  for (let n = 0; n < 50; n += 1) store.set(String(n), page(100))
  expect(store.bytes).toBe(1_000)
  expect(store.size).toBe(10)

  store.set('large', page(126))
  expect(store.get('large')).toBeUndefined()
  store.set('49', page(50))
  expect(store.bytes).toBe(950)
  store.clear()
  expect([store.bytes, store.size]).toEqual([0, 0])
})
