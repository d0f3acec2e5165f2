import { expect, test } from 'vitest'
import { listedProducts, type ProductSearch } from '@/lib/domain/products/product-search'
import { shareCounts } from '@/lib/server/products/shared-counts'

const counts = (in_stock: number) => ({ categories: {}, choices: {}, in_stock })

/** Counts whose nth read finds n in stock, and the clock that they go by. */
function counted() {
  const clock = { ms: 0 }
  const reads: ProductSearch[] = []
  const count = shareCounts(
    async (list) => {
      reads.push(list)
      return counts(reads.length)
    },
    () => clock.ms,
  )
  return { clock, reads, count }
}

test('a thousand who look at one list within a second cost one read', async () => {
  const { clock, reads, count } = counted()
  const list = listedProducts({})

  const seen = await Promise.all(Array.from({ length: 1_000 }, () => count(list)))
  clock.ms = 999
  seen.push(await count(list))

  expect(new Set(seen)).toEqual(new Set([counts(1)]))
  expect(reads).toHaveLength(1)
  clock.ms = 1_000
  expect(await count(list)).toEqual(counts(2))
})

test('pages and orders of a list have the numbers of one read; another list has its own', async () => {
  const { reads, count } = counted()

  await count(listedProducts({ sort: 'newest', page: '2' }))
  await count(listedProducts({}))
  await count(listedProducts({}, 'table'))
  await count(listedProducts({ stock: '1' }))

  expect(reads.map(({ category, stock }) => [category, stock])).toEqual([
    ['', ''],
    ['table', ''],
    ['', '1'],
  ])
})

test('a read that fails is read again by the next', async () => {
  let isDown = true
  const count = shareCounts(async () => {
    if (isDown) throw new Error('down')
    return counts(3)
  })

  await expect(count(listedProducts({}))).rejects.toThrow('down')
  isDown = false
  expect(await count(listedProducts({}))).toEqual(counts(3))
})
