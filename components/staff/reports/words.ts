/** The texts of report-filter.tsx. */
export const reportFilterWords = {
  report: 'Choose report',
  from: 'From',
  to: 'To',
  by: 'By',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  show: 'Show report',
  download: 'Download CSV',
}

/** The texts of sales-table.tsx. */
export const salesTableWords = {
  caption: 'Sales by period',
  period: 'Period from',
  orders: 'Orders',
  units: 'Units',
  delivery: 'Delivery',
  sales: 'Sales incl. tax',
  tax: 'Tax',
  total: 'Total',
  rates: 'Sales by tax rate',
  rate: 'Tax rate',
  net: 'Sales before tax',
  none: 'No orders were placed on these days.',
}
