import { expect, test } from 'vitest'
import { because } from '@/components/staff/stock/because'
import type { StockMovement } from '@/lib/domain/stock/stock'

const movement = (reason: StockMovement['reason'], delta: number, document: string | null = null) => ({
  id: 1,
  variant_id: '11111111-1111-4111-8111-111111111111',
  location_id: '22222222-2222-4222-8222-222222222222',
  delta,
  reason,
  document,
  note: null,
  actor: '33333333-3333-4333-8333-333333333333',
  created_at: '2026-11-23T10:00:00Z',
  source_kind: 'adjustment' as const,
  source_id: null,
})

test('orders that sold are named, and what they sold is added up', () => {
  const sold = [movement('sale', -2, 'order 1041'), movement('sale', -1, 'order 1043')]
  expect(because(sold)).toBe('order 1041 and order 1043 sold 3')
  expect(because(sold.slice(1))).toBe('order 1043 sold 1')
})

test('each reason has its own words, in the order they happened', () => {
  expect(
    because([
      movement('receive', 5, 'DN-7'),
      movement('damage', -1),
      movement('correction', -2),
      movement('return', 1, 'order 1041'),
    ]),
  ).toBe('DN-7 added 5, 1 was damaged, a correction took 2 and 1 was returned from order 1041')
  expect(because([movement('transfer', -3), movement('recount', -4)])).toBe(
    '3 were transferred out and another count changed it by −4',
  )
  expect(because([])).toBe('')
})
