/** The texts of order-sheet.tsx. */
export const sheetWords = {
  slip: 'Packing slip',
  pick: 'Pick list',
  label: 'Delivery label',
  receipt: 'Receipt',
  soldOn: (day: string) => `Sold on ${day}`,
  discount: 'Discount',
  delivery: 'Delivery',
  total: 'Total',
  taxOf: (rate: string) => `Tax included, ${rate}`,
  paid: (how: string) => `Paid ${how}`.trim(),
  refunded: 'Refunded',
  taxNumber: (number: string) => `Tax number ${number}`,
  order: (number: number) => `Order ${number}`,
  ordered: (day: string) => `Ordered on ${day}`,
  deliverTo: 'Deliver to',
  collectAt: (place: string) => `Collect at ${place}`,
  from: 'From',
  to: 'To',
  thanks: (shop: string) => `Thank you for your order. ${shop}`,
  nothing: 'Nothing is left to pick.',
}

/** The texts of sheet-choice.tsx. */
export const sheetChoiceWords = {
  sheet: 'Sheet',
  format: 'Format',
  a4: 'A4',
  roll: '58 mm roll',
}
