/** The texts of adjust-form.tsx. */
export const adjustFormWords = {
  note: (what: string | number) => `Note, ${what}`,
  noteOptional: 'Note (optional)',
  adjust: (what: string | number) => `Adjust ${what}`,
  changeInUnits: (what: string | number) => `Change in units: ${what}`,
  enterTheChangeInUnits: 'Enter the change in units, such as +3 or -2',
  reason: (what: string | number) => `Reason: ${what}`,
  apply: 'Apply',
  unanswered: 'We couldn’t confirm that. Check the number before you try again.',
}

/** The texts of bulk-bar.tsx. */
export const bulkBarWords = {
  changeSelectedLevels: 'Change selected levels',
  selected: 'selected',
  changeInUnitsAtEach: 'Change in units at each',
  enterTheChangeInUnits: 'Enter the change in units, such as +3 or -2',
  reason: 'Reason',
  note: 'Note',
  noteOptional: 'Note (optional)',
  saving: 'Saving…',
  applyToSelected: 'Apply to selected',
  clearSelection: 'Clear selection',
  notIncludedViewOnlyRows: 'Not included, view only: rows at',
  and: ' and ',
  notChangedAndStillSelected: 'not changed and still selected:',
  aVariantThatIsNo: 'A variant that is no longer listed',
}

/** The texts of entry-name.tsx. */
export const entryNameWords = {
  shoppersSee: 'Shoppers see:',
}

/** The texts of grid-head.tsx. */
export const gridHeadWords = {
  variant: 'Variant',
  selectAllLevelsListed: 'Select all levels listed',
  location: 'Location',
  selectAll: 'Select all',
  adjust: 'Adjust',
}

/** The texts of inventory-grid.tsx. */
export const inventoryGridWords = {
  unitsByVariantAndLocation: 'Units by variant and location',
}

/** The texts of inventory-list.tsx. */
export const inventoryListWords = {
  searching: 'Searching',
  noVariantsMatchTryFewer: 'No variants match. Try fewer words or another filter.',
  weCouldntLoadTheRest: 'We couldn’t load the rest of the list.',
  tryAgain: 'Try again',
  orMore: ' or more',
  firstLocations: (shown: number, all: number) =>
    `${shown} of ${all} locations are listed. Choose a location to see the units there.`,
}

/** The texts of inventory-pages.tsx. */
export const inventoryPagesWords = {
  pagesOfTheInventory: 'Pages of the inventory',
  backToFirstPage: 'Back to first page',
  nextVariants: 'Next variants',
  scrollForMoreVariants: 'Scroll for more variants.',
}

/** The texts of level-cells.tsx. */
export const levelCellsWords = {
  howIsThisCalculated: 'How is this calculated?',
}

/** The texts of variant-rows.tsx. */
export const variantRowsWords = {
  select: (nameOf: string | number, name: string | number) => `Select ${nameOf}, ${name}`,
}
