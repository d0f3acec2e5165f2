/** The texts of hold-again.tsx. */
export const holdAgainWords = {
  yourItemsAreReservedAgain: 'Your items are reserved again.',
  notEnoughLeftOfWell: (names: string | number) =>
    `Not enough left of ${names}. We’ll reserve it for you if it becomes available while this page is open.`,
  and: ' and ',
  someItemsAreNoLonger:
    'Some items are no longer reserved for you. They stay in your cart, but other shoppers can buy them.',
  reserving: 'Reserving …',
  reserveAgain: 'Reserve again',
}

/** The texts of hold-announcer.tsx. */
export const holdAnnouncerWords = {
  aReservationHasExpiredYou: 'A reservation has expired. You can reserve the items again in your cart.',
  yourItemsAreReservedFor: (value: string | number) => `Your items are reserved for ${value}.`,
  oneMoreMinute: 'one more minute',
  moreMinutes: (minutes: string | number) => `${minutes} more minutes`,
}

/** The texts of hold-clock.tsx. */
export const holdClockWords = {
  noLongerReservedForYou: 'No longer reserved for you',
  reservedForYou: 'Reserved for you:',
  min: (minutes: string | number) => `${minutes} min`,
}

/** The texts of line-stock.tsx. */
export const lineStockWords = {
  inStock: 'In stock',
  thatsTheLastOne: 'That’s the last one',
  onlyAFewMoreLeft: 'Only a few more left',
  moreInStock: (left: string | number) => `${left} more in stock`,
}
