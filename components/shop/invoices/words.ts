import type { Invoice } from '@/lib/domain/orders/invoice'

/** The texts of invoice-sheet.tsx. */
export const invoiceWords = {
  titleOf: ({ kind, number }: Pick<Invoice, 'kind' | 'number'>) =>
    `${kind === 'invoice' ? 'Invoice' : 'Credit note'} ${number}`,
  date: 'Date',
  order: 'Order',
  ordered: 'Order placed',
  seller: 'Seller',
  buyer: 'Buyer',
  taxNumber: (number: string) => `Tax number ${number}`,
  items: 'Items',
  item: 'Item',
  quantity: 'Quantity',
  taxRate: 'Tax rate',
  amount: 'Amount',
  delivery: 'Delivery',
  adjustment: 'Adjustment',
  refundOf: (order: number) => `Refund of order ${order}`,
  total: 'Total, tax included',
  taxes: 'Tax by rate',
  net: 'Without tax',
  tax: 'Tax',
  gross: 'With tax',
}

/** The texts of the pages of invoices. */
export const invoicesPageWords = {
  invoices: 'Invoices',
  order: (number: number) => `Order ${number}`,
  about: 'Each document prints on A4. The print dialog of your browser can also save it as PDF.',
  none: 'No invoice yet. We create it when the order is paid.',
  link: (count: number) => (count === 1 ? 'Invoice' : 'Invoice and credit notes'),
}
