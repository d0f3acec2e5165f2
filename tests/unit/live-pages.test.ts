import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divided, grown, isWithin, type Pages, unread } from '@/lib/domain/live/pages'
import { conditionsOf } from '@/lib/domain/live/stretch'

const orders = ['ascending', 'descending'] as const

/** The keys of a page in its order, as the Data API would answer. */
function read(keys: readonly number[], stretch: string, order: (typeof orders)[number]): number[] {
  const sign = order === 'ascending' ? 1 : -1
  return keys.filter((key) => isWithin(stretch, key)).sort((one, other) => sign * (one - other))
}

test('however a list grows and divides, every row ever inserted is on exactly one page', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 80 })
  fc.assert(
    fc.property(keys, keys, fc.constantFrom(...orders), fc.nat(12), (before, inserted, order, reads) => {
      const list = { order, pageSize: 5 }
      let pages: Pages = unread
      for (let page = 0; page < reads && pages.rest !== null; page += 1) {
        pages = grown(pages, list, read(before, pages.rest, order).slice(0, list.pageSize))
      }
      const all = [...new Set([...before, ...inserted])]
      for (const page of pages.loaded) pages = divided(pages, list, page, read(all, page, order))

      const stretches = [...pages.loaded, ...(pages.rest === null ? [] : [pages.rest])]
      for (const key of all) expect(stretches.filter((each) => isWithin(each, key))).toHaveLength(1)
      expect(stretches.flatMap((each) => read(all, each, order))).toEqual(read(all, '..', order))
    }),
  )
})

test('a page that has outgrown itself becomes two', () => {
  const list = { order: 'descending', pageSize: 2 } as const
  const pages = grown(unread, list, [9, 7])

  expect(pages).toEqual({ loaded: ['7..'], rest: '..7' })
  expect(divided(pages, list, '7..', [20, 19, 18, 9, 7])).toEqual({ loaded: ['19..', '7..19'], rest: '..7' })
})

test('a page with fewer rows than fit is the last one', () => {
  expect(grown(unread, { order: 'ascending', pageSize: 2 }, [4])).toEqual({ loaded: ['..'], rest: null })
})

test('a page is asked for and followed by the same conditions', () => {
  expect(conditionsOf('number', '7..12')).toEqual(['number=gte.7', 'number=lt.12'])
  expect(conditionsOf('number', '..')).toEqual([])
})
