import { z } from 'zod'
import { moneyAsDecimal } from '@/lib/domain/core/money'
import { shopWallTime } from '@/lib/domain/core/shop-time'
import { Address, OrderStatus, PaymentProvider, PaymentStatus } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'

const ExportedItem = z.object({
  order_id: z.guid(),
  sku: z.string(),
  title: z.string(),
  option_values: z.array(z.string()),
  price_minor: z.int(),
  discount_minor: z.int(),
  tax_rate_bp: z.int(),
  tax_minor: z.int(),
  quantity: z.int(),
  fulfilled: z.int(),
  cancelled: z.int(),
  returned: z.int(),
})

/** An order of the file: its payment and its items in their order. */
export const ExportedOrder = z.object({
  id: z.guid(),
  number: z.int(),
  status: OrderStatus,
  created_at: z.string(),
  cancelled_at: z.string().nullable(),
  currency: z.string(),
  subtotal_minor: z.int(),
  discount_minor: z.int(),
  delivery_minor: z.int(),
  tax_minor: z.int(),
  total_minor: z.int(),
  discount_title: z.string().nullable(),
  delivery: z.enum(['collection', 'delivery']),
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  address: Address.nullable(),
  payments: z.object({
    provider: PaymentProvider,
    status: PaymentStatus,
    captured_minor: z.int(),
    refunded_minor: z.int(),
  }),
  items: z.array(ExportedItem),
})
export type ExportedOrder = z.infer<typeof ExportedOrder>

/** The heading of Shopify's order CSV, as far as the shop knows such values, and the cancelled and returned units. */
export const orderHeading = [
  ...['Name', 'Email', 'Financial Status', 'Captured Amount', 'Refunded Amount', 'Fulfillment Status'],
  ...['Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Code', 'Discount Amount'],
  ...['Shipping Method', 'Created at', 'Cancelled at', 'Payment Method', 'Phone'],
  ...['Shipping Name', 'Shipping Street', 'Shipping City', 'Shipping Zip', 'Shipping Country'],
  ...['Lineitem quantity', 'Lineitem name', 'Lineitem sku', 'Lineitem price', 'Lineitem discount'],
  ...['Lineitem tax rate', 'Lineitem taxes', 'Lineitem fulfilled', 'Lineitem cancelled', 'Lineitem returned'],
]

/** An order as rows of its file, one for each item; what is true of the whole order is in the first row alone. */
export function orderRecords(order: ExportedOrder): string[][] {
  const money = (minor: number) => moneyAsDecimal({ minor, currency: order.currency })
  const whole = wholeCells(order, money)
  const nothing = whole.map((_, at) => (at === 0 ? `#${order.number}` : ''))
  return order.items.map((item, at) => [
    ...(at === 0 ? whole : nothing),
    ...[String(item.quantity), nameOf(item), item.sku, money(item.price_minor), money(item.discount_minor)],
    ...[String(item.tax_rate_bp / 100), money(item.tax_minor)],
    ...[item.fulfilled, item.cancelled, item.returned].map(String),
  ])
}

function wholeCells(order: ExportedOrder, money: (minor: number) => string): string[] {
  const { payments: payment, address } = order
  const time = (moment: string | null) => (moment ? shopWallTime(moment).replace('T', ' ') : '')
  return [
    ...[`#${order.number}`, order.email, payment.status],
    ...[money(payment.captured_minor), money(payment.refunded_minor), order.status],
    ...[order.currency, money(order.subtotal_minor), money(order.delivery_minor)],
    ...[money(order.tax_minor), money(order.total_minor)],
    ...[order.discount_title ?? '', money(order.discount_minor)],
    ...[order.delivery, time(order.created_at), time(order.cancelled_at)],
    ...[payment.provider, order.phone ?? '', order.name],
    ...[address?.line1 ?? '', address?.city ?? '', address?.postcode ?? '', address?.country ?? ''],
  ]
}
