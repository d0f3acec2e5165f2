/** The texts of price-question.tsx. */
export const priceQuestionWords = {
  prices: 'Prices',
  confirmTheNewPrice: 'Confirm the new price',
  confirmTheNewPrices: 'Confirm the new prices',
  theShopShowsItImmediately:
    'The shop shows it immediately. Shoppers already at checkout will be asked to confirm.',
  saving: 'Saving…',
  saveWithThisPrice: 'Save with this price',
  saveWithThesePrices: 'Save with these prices',
  backToTheForm: 'Back to the form',
}

/** The texts of side-by-side.tsx. */
export const sideBySideWords = {
  twoVersions: 'Two versions',
  thisProductWasChanged: 'This product was changed',
  anotherStaffMemberSavedThis:
    'Another staff member saved this product while you were editing. Choose which version to keep for each field.',
  saving: 'Saving…',
  saveSelectedVersions: 'Save selected versions',
  backToTheForm: 'Back to the form',
  discardMyChanges: 'Discard my changes',
  anotherStaffMember: 'another staff member',
  youBothChangedThisChoose: 'You both changed this: choose one',
  onlyYouChangedThis: 'Only you changed this',
  onlyChangedThis: (by: string | number) => `Only ${by} changed this`,
  before: 'Before',
  yours: 'Yours',
  by: (by: string | number) => `By ${by}`,
}
