/** The texts of settings/delivery/page.tsx. */
export const deliverySettingsWords = {
  delivery: 'Delivery',
  about:
    'Where the shop delivers, and for how much. Collection is free. Orders that are placed keep their price.',
}

/** The texts of settings/discounts/page.tsx. */
export const discountSettingsWords = {
  discounts: 'Discounts',
  about:
    'A cart gets one discount: its code, or the automatic discount that saves most. Placed orders keep their discount. A cart holds the use of its code as long as it holds units.',
}

/** The texts of settings/tax/page.tsx. */
export const taxSettingsWords = {
  tax: 'Tax',
  about:
    'Prices include tax. A rate below replaces the rate of a product. The price stays; the tax in it changes. Collected orders are taxed in the country of the shop. Placed orders keep their tax.',
  usual: (rate: string) => `New products have ${rate}.`,
  onDelivery: 'Tax on delivery',
}
