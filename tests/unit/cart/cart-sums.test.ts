import { expect, test } from 'vitest'
import type { Cart, CartLine } from '@/lib/domain/cart/cart'
import { cartHeldForMs, heldForMs, isShort, unitsHeldAt } from '@/lib/domain/cart/cart-holds'
import { countOf, quantityOf, unitsIn, withUnits } from '@/lib/domain/cart/cart-sums'

const shop = 'cccccccc-0000-4000-8000-000000000001'
const workshop = 'cccccccc-0000-4000-8000-000000000002'

const jug: CartLine = {
  variant_id: 'aaaaaaaa-0000-4000-8000-000000000001',
  product_id: 'bbbbbbbb-0000-4000-8000-000000000001',
  handle: 'pour-jug',
  title: 'Pour Jug',
  sku: 'JUG',
  option_values: ['Cobalt'],
  quantity: 2,
  held: 2,
  held_at: [{ location_id: shop, units: 2 }],
  expires_at: '2026-11-23T10:10:00+00:00',
  paused_until: null,
  price_minor: 4800,
  total_minor: 9600,
  for_sale: true,
}
const lamp: CartLine = {
  ...jug,
  variant_id: 'aaaaaaaa-0000-4000-8000-000000000002',
  quantity: 1,
  held: 1,
  held_at: [{ location_id: workshop, units: 1 }],
  price_minor: 2000,
  total_minor: 2000,
}

function cartOf(...lines: CartLine[]): Cart {
  const total_minor = lines.reduce((total, line) => total + line.total_minor, 0)
  const cart_id = 'cccccccc-0000-4000-8000-000000000001'
  return {
    cart_id,
    version: 7,
    lines,
    total_minor,
    has_discount: false,
    is_taxed_by_country: false,
    tax_minor: 0,
    currency: 'EUR',
    now: '2026-11-23T10:00:30+00:00',
  }
}

test('the count in the header is units, not lines', () => {
  expect(unitsIn(cartOf(jug, lamp))).toBe(3)
  expect(unitsIn(null)).toBe(0)
})

test('a cart that never had a line has no count to follow', () => {
  expect(countOf(cartOf(jug))).toEqual({ cart_id: cartOf().cart_id, units: 2, version: 7 })
  expect(countOf({ ...cartOf(), cart_id: null, version: null })).toBeNull()
})

test('a variant that is not in the cart counts none', () => {
  expect(quantityOf(cartOf(jug), lamp.variant_id)).toBe(0)
})

test('a hold lasts from the shop’s clock to its end, whatever the browser’s clock says', () => {
  expect(heldForMs(jug, cartOf(jug))).toBe(570_000)
})

test('a line that is held in part only is not held', () => {
  expect(heldForMs({ ...jug, held: 1 }, cartOf(jug))).toBe(0)
})

test('a hold that ended before the cart was read is over, not negative', () => {
  expect(heldForMs({ ...jug, expires_at: '2026-11-23T10:00:00+00:00' }, cartOf(jug))).toBe(0)
})

test('a cart is held for as long as its shortest hold', () => {
  const soon = { ...lamp, expires_at: '2026-11-23T10:01:00+00:00' }
  expect(cartHeldForMs(cartOf(jug, soon))).toBe(30_000)
})

test('how much of a cart is at a place is known while all of it is held', () => {
  const cart = cartOf(jug, lamp)
  expect([shop, workshop].map((place) => unitsHeldAt(cart, place))).toEqual([2, 1])
  expect(unitsHeldAt(cartOf(jug), workshop)).toBe(0)
  expect(unitsHeldAt(cartOf(jug, { ...lamp, held: 0, held_at: [] }), shop)).toBeNull()
})

test('one more shows at once, with its price', () => {
  const shown = withUnits(cartOf(jug, lamp), jug.variant_id, 1)

  expect(shown.lines[0]).toMatchObject({ quantity: 3, total_minor: 14_400 })
  expect(shown.total_minor).toBe(16_400)
})

test('a line without units is gone at once', () => {
  const shown = withUnits(cartOf(jug, lamp), jug.variant_id, -2)

  expect(shown.lines).toEqual([lamp])
  expect(shown.total_minor).toBe(2000)
})

test('a line is short when it is not reserved and the shelf has fewer units', () => {
  const onShelf = (left: number | null, band: 'in' | 'low' | 'out' = 'low') => ({ band, left })

  expect(isShort(jug, true, onShelf(0, 'out'))).toBe(false)
  expect(isShort(jug, false, onShelf(0, 'out'))).toBe(true)
  expect(isShort(jug, false, onShelf(1))).toBe(true)
  expect(isShort(jug, false, onShelf(2))).toBe(false)
  expect(isShort(jug, false, onShelf(null, 'in'))).toBe(false)
})
