import { expect, test } from 'vitest'
import { type CountLine, entryOf, type FoundUnits, withWaiting } from '@/lib/domain/counts/count'

const id = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}`

const found = (n: number, units: number, more: Partial<FoundUnits> = {}): FoundUnits => ({
  id: id(n),
  code: 'MUG-1',
  units,
  began: 1_000,
  ended: 5_000,
  withdrawn: false,
  unknown: false,
  ...more,
})

const line: CountLine = {
  variant_id: id(9),
  title: 'Mug',
  option_values: [],
  sku: 'MUG-1',
  barcode: '4006381333931',
  counted: 5,
  expected: 5,
  movements: [],
  open: 0,
  settles_in_ms: 0,
  in_baskets: 0,
  entries: [{ id: id(1), units: 5, actor: id(8), ended_at: '' }],
}

test('an entry says how long ago it was, never what time it is', () => {
  const { began_ms, ended_ms } = entryOf(found(1, 5), 65_000)
  expect({ began_ms, ended_ms }).toEqual({ began_ms: 64_000, ended_ms: 60_000 })
})

test('a device whose clock was set back sends no time to come', () => {
  const { began_ms, ended_ms } = entryOf(found(1, 5), 2_000)
  expect({ began_ms, ended_ms }).toEqual({ began_ms: 1_000, ended_ms: 0 })
})

test('an entry that waits on this device shows at once, scanned by SKU or by barcode', () => {
  expect(withWaiting(line, [found(2, 3), found(3, 1, { code: '4006381333931' })])).toBe(9)
  expect(withWaiting(line, [found(2, 3, { code: 'MUG-2' })])).toBe(5)
})

test('an entry that has arrived and still waits is counted once', () => {
  expect(withWaiting(line, [found(1, 5)])).toBe(5)
})

test('a withdrawn entry disappears at once, whether it had arrived or not', () => {
  expect(withWaiting(line, [found(1, 5, { withdrawn: true })])).toBe(0)
  expect(withWaiting(line, [found(2, 3, { withdrawn: true })])).toBe(5)
})
