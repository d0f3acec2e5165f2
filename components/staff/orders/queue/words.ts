/** The texts of order-queue.tsx. */
export const orderQueueWords = {
  orders: 'Orders',
  order: 'Order',
  customer: 'Customer',
  status: 'Status',
  location: 'Location',
  money: 'Money',
}

/** The texts of queue-filter-form.tsx. */
export const queueFilterFormWords = {
  paid: 'Paid',
  notPaid: 'Not paid',
  orders: 'Orders',
  numberNameOrEMail: 'Number, name or e-mail',
  search: 'Search',
  location: 'Location',
  payment: 'Payment',
}

/** The texts of queue-row.tsx. */
export const queueRowWords = {
  delivery: 'Delivery',
  collectAt: (place: string | number) => `Collect at ${place}`,
}

/** The texts of queue-tabs.tsx. */
export const queueTabsWords = {
  stages: 'Stages',
}
