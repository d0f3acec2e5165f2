/** The texts of the counts page. */
export const countsPageWords = {
  counts: 'Counts',
  countWhileTheShopIs:
    'Count while the shop is open. Sales are taken into account. We’ll ask about any sale made while you were counting.',
  latest: 'Latest',
}

/** The texts of the count page. */
export const countPageWords = {
  count: 'Count',
  counts: 'Counts',
  aClosedLocation: 'A closed location',
  blind: ', blind',
  by: (value: string | number) => ` by ${value}`,
  theSystem: 'the system',
}
