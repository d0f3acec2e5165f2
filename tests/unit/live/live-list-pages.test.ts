import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionsOf } from '@/lib/domain/live/key-range'
import { divided, grown, type Pages, pageOf, rangesOf, restOf, unread } from '@/lib/domain/live/list-pages'

const inOrder = (keys: readonly number[]) => [...keys].sort((one, other) => other - one)

test('however a list grows and divides, every row ever inserted is on exactly one page', () => {
  const pageSize = 5
  const keys = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 80 })
  fc.assert(
    fc.property(keys, keys, fc.nat(12), (before, inserted, reads) => {
      const rest = (pages: Pages) => inOrder(before.filter((key) => pageOf(pages, key) === -1))
      let pages: Pages = unread
      for (let page = 0; page < reads && restOf(pages) !== null; page += 1) {
        pages = grown(pages, pageSize, rest(pages).slice(0, pageSize))
      }
      const all = inOrder([...new Set([...before, ...inserted])])
      for (const keyRange of rangesOf(pages)) {
        const page = rangesOf(pages).indexOf(keyRange)
        pages = divided(
          pages,
          pageSize,
          page,
          all.filter((key) => pageOf(pages, key) === page),
        )
      }

      const keyRanges = [...rangesOf(pages), restOf(pages) ?? []].flat()
      for (const key of all) {
        expect(keyRanges.filter((each) => isOn(each, key))).toEqual([
          rangesOf(pages)[pageOf(pages, key)] ?? restOf(pages),
        ])
      }
      expect(keyRanges.flatMap((each) => all.filter((key) => isOn(each, key)))).toEqual(all)
    }),
  )
})

/** Whether the database finds a key by the conditions of a key range. */
function isOn(keyRange: string, key: number): boolean {
  return conditionsOf('number', keyRange).every((condition) => {
    const [, operator, bound] = condition.split(/[=.]/)
    return operator === 'gte' ? key >= Number(bound) : key < Number(bound)
  })
}

test('a page that has outgrown itself becomes two', () => {
  const pages = grown(unread, 2, [9, 7])

  expect([rangesOf(pages), restOf(pages)]).toEqual([['7..'], '..7'])
  expect(rangesOf(divided(pages, 2, 0, [20, 19, 18, 9, 7]))).toEqual(['19..', '7..19'])
})

test('a page with fewer rows than fit is the last one', () => {
  const pages = grown(unread, 2, [4])

  expect([rangesOf(pages), restOf(pages)]).toEqual([['..'], null])
})

test('a page is asked for and followed by the same conditions', () => {
  expect(conditionsOf('number', '7..12')).toEqual(['number=gte.7', 'number=lt.12'])
  expect(conditionsOf('number', '..')).toEqual([])
})
