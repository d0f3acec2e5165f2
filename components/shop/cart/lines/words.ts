import { shopClock } from '@/lib/domain/core/shop-time'

/** Said of a line that was held for as long as possible. */
export function pausedWords(until: string): string {
  return `You can order it now, or reserve it again from ${shopClock(until)}.`
}

/** The texts of cart-line-row.tsx. */
export const cartLineRowWords = {
  each: (money: string | number) => `${money} each`,
  noLongerForSaleRemove: 'No longer for sale. Remove it to continue.',
}

/** The texts of quantity-form.tsx. */
export const quantityFormWords = {
  decreaseQuantity: (name: string | number) => `Decrease quantity: ${name}`,
  quantity: 'Quantity:',
  increaseQuantity: (name: string | number) => `Increase quantity: ${name}`,
  remove: (name: string | number) => `Remove: ${name}`,
  remove2: 'Remove',
}

/** The texts of repairs.tsx. */
export const repairsWords = {
  changeQuantityTo: (quantity: string | number) => `Change quantity to ${quantity}`,
  chooseInstead: (name: string | number) => `Choose ${name} instead`,
  chooseInInstead: (quantity: string | number, name: string | number) =>
    `Choose ${quantity} in ${name} instead`,
}
