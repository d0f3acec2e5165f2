/** The texts of the orders page. */
export const ordersPageWords = {
  orders: 'Orders',
  eMails: 'E-mails',
  exportOrders: 'Export orders',
  noOrdersMatchTryAnother: 'No orders match. Try another word or fewer filters.',
  orderPages: 'Order pages',
  backToFirstPage: 'Back to first page',
  nextOrders: 'Next orders',
}

/** The texts of the order page. */
export const orderPageWords = {
  order: 'Order',
}

/** The texts of orders/[order]/print/page.tsx. */
export const printPageWords = {
  print: 'Print',
  order: (number: number) => `Order ${number}`,
}
