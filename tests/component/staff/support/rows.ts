import type { Order } from '@/lib/domain/orders/order'
import type { DeskOrder, Picked, PickLine, QueueEntry } from '@/lib/domain/orders/order-desk'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { StockLevel } from '@/lib/domain/stock/stock'

const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`

export const orderId = id(1)
export const variantId = id(2)
export const theShop = { id: id(11), slug: 'shop', name: 'The shop' }
export const theCellar = { id: id(12), slug: 'cellar', name: 'The cellar' }
export const locations = [theShop, theCellar]

export const manager = { role: 'manager', locationIds: null } as const
export const viewer = { role: 'viewer', locationIds: null } as const
/** A stock keeper of the shop alone. */
export const keeper = { role: 'stock', locationIds: [theShop.id] } as const

export function pickLine(line: Partial<PickLine> = {}): PickLine {
  return {
    order_id: orderId,
    order_item_id: 1,
    location_id: theShop.id,
    variant_id: variantId,
    sku: 'JUG-1',
    barcode: null,
    title: 'Pour Jug',
    option_values: ['Chalk'],
    quantity: 3,
    picked: 0,
    fulfilled: 0,
    picture: null,
    ...line,
  }
}

export function picked(row: Partial<Picked> = {}): Picked {
  return { order_id: orderId, order_item_id: 1, location_id: theShop.id, picked: 1, version: 1, ...row }
}

function level(row: Partial<StockLevel>): StockLevel {
  return {
    variant_id: variantId,
    location_id: theShop.id,
    on_hand: 5,
    held: 0,
    committed: 0,
    safety: 0,
    available: 5,
    ledger_position: 1,
    version: 1,
    updated_at: '2026-11-30T10:00:00Z',
    ...row,
  }
}

export const entry: InventoryEntry = {
  variant_id: variantId,
  product_id: id(3),
  handle: 'pour-jug',
  title: 'Pour Jug',
  category: 'table',
  status: 'active',
  option_names: ['Glaze'],
  option_values: ['Chalk'],
  sku: 'JUG-1',
  barcode: null,
  active: true,
  band: 'in',
  left: null,
  shelf_version: 1,
  picture: null,
  levels: [level({}), level({ location_id: theCellar.id, on_hand: 2, available: 2 })],
}

type Item = Order['items'][number]

export function item(part: Partial<Item> = {}): Item {
  return {
    id: 1,
    variant_id: variantId,
    sku: 'JUG-1',
    title: 'Pour Jug',
    option_values: ['Chalk'],
    price_minor: 4200,
    quantity: 3,
    total_minor: 12_600,
    fulfilled: 0,
    cancelled: 0,
    returned: 0,
    ...part,
  }
}

export function order(part: Partial<Order> = {}): Order {
  return {
    order_id: orderId,
    number: 1041,
    status: 'placed',
    version: 1,
    ready: false,
    email: 'ada@example.test',
    name: 'Ada Lovelace',
    phone: null,
    delivery: 'collection',
    collect_at: theShop.id,
    kept_at: [],
    address: null,
    currency: 'EUR',
    total_minor: 12_600,
    tax_minor: 2_011,
    subtotal_minor: 12_600,
    discount_minor: 0,
    delivery_minor: 0,
    delivery_estimate: null,
    discount_title: null,
    is_walk_in: false,
    taxes: [],
    invoices: [],
    worth_minor: 12_600,
    created_at: '2026-11-30T10:00:00Z',
    now: '2026-11-30T10:00:00Z',
    erase_asked_at: null,
    payment: {
      payment_id: id(4),
      provider: 'sandbox',
      status: 'captured',
      amount_minor: 12_600,
      captured_minor: 12_600,
      refund_due_minor: 4_200,
      refunded_minor: 0,
      taken_as: null,
      deadline: null,
      in_progress: false,
    },
    items: [item()],
    events: [],
    ...part,
  }
}

export function deskOrder(troubles: QueueEntry['troubles'], part: Partial<DeskOrder> = {}): DeskOrder {
  return {
    order: order(),
    entry: {
      order_id: orderId,
      number: 1041,
      name: 'Ada Lovelace',
      email: 'ada@example.test',
      delivery: 'collection',
      collect_at: theShop.id,
      stage: 'to_pick',
      units: 3,
      to_pick: 3,
      ready: 0,
      scanned: 0,
      locations: [theShop.id],
      currency: 'EUR',
      total_minor: 12_600,
      payment: 'captured',
      troubles,
      created_at: '2026-11-30T10:00:00Z',
    },
    lines: [],
    events: [],
    awaitingInspection: [],
    providerError: null,
    ...part,
  }
}
