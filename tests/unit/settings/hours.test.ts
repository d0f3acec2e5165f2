import { expect, test } from 'vitest'
import { groupedHours, hoursOfDay, writtenHours } from '@/lib/domain/settings/hours'
import { moved } from '@/lib/domain/settings/sorted'

const spans: [string, string | null][] = [
  ['', ''],
  ['10-18', '10:00–18:00'],
  ['10:00–18:00', '10:00–18:00'],
  ['9 to 12.30, 14h00 - 18', '09:00–12:30, 14:00–18:00'],
  ['9-12;13-17', '09:00–12:00, 13:00–17:00'],
  ['18-24', '18:00–24:00'],
  ['closed', null],
  ['18-10', null],
  ['10-10', null],
  ['24-25', null],
  ['9:75-10', null],
  ['14-18, 9-12', null],
  ['9-13, 12-17', null],
  ['9', null],
]

test.for(spans)('the hours "%s" of a day are read as %j', ([written, read]) => {
  const hours = hoursOfDay(3, written)
  expect(hours && writtenHours(hours, 3)).toBe(read)
})

test('days with the same hours are named together, closed days not at all', () => {
  const hours = [1, 2, 3, 5, 6].flatMap((day) => hoursOfDay(day, day === 6 ? '10-16' : '9-12, 13-17') ?? [])
  expect(groupedHours(hours)).toEqual([
    { first: 1, last: 3, written: '09:00–12:00, 13:00–17:00' },
    { first: 5, last: 5, written: '09:00–12:00, 13:00–17:00' },
    { first: 6, last: 6, written: '10:00–16:00' },
  ])
  expect(groupedHours([])).toEqual([])
})

test('an entry moves one place, and not beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c'])
})
