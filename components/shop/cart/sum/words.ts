// Apart from the texts of adding to the cart, which are in every product page.

/** The texts of cart-sum.tsx. */
export const cartSumWords = {
  orderTotal: 'Order total',
  total: 'Total',
  updating: 'Updating …',
  includesVat: (money: string | number) => `Includes ${money} VAT`,
  includesUnavailable: (money: string | number) => `Includes ${money} for items that are not available.`,
  goToCheckout: 'Go to checkout',
  changeUnavailableItems: 'Change unavailable items to check out',
  itemsInYourCartAre:
    'Items in your cart are reserved for a limited time. The time starts again at checkout. Collection is free; checkout shows the price of delivery.',
}
