/** The texts of add-variant-form.tsx. */
export const addVariantFormWords = {
  addAVariant: 'Add a variant',
  sku: 'SKU',
  price: 'Price',
  adding: 'Adding…',
  addVariant: 'Add variant',
}

/** The texts of draft-notice.tsx. */
export const draftNoticeWords = {
  yourUnsavedChangesFrom: 'Your unsaved changes from',
  areRestored: 'are restored.',
  discardThem: 'Discard them',
}

/** The texts of editor-head.tsx. */
export const editorHeadWords = {
  products: 'Products',
  viewInShop: 'View in shop',
  onlyManagersCanEditProducts: 'Only managers can edit products.',
  alsoHere: (names: string | number) => `Also here: ${names}`,
}

/** The texts of field.tsx. */
export const fieldWords = {
  isEditingHere: 'is editing here',
  changedThisTo: 'changed this to',
  useTheirs: 'Use theirs',
}

/** The texts of option-fields.tsx. */
export const optionFieldsWords = {
  options: (names: string | number) => `Options: ${names}`,
  noOptionsYet: 'No options yet',
  optionNames: 'Option names',
  option: (value: string | number) => `Option ${value}`,
  colour: 'Colour',
  ofIt: (value: string | number, variantName: string | number) => `${value} of ${variantName}`,
  addAnOption: 'Add an option',
}

/** The texts of product-editor.tsx. */
export const productEditorWords = {
  product: 'Product',
  text: 'Text',
  pictures: 'Pictures',
  options: 'Options',
  price: 'Price',
  variants: 'Variants',
  shop: 'Shop',
}

/** The texts of product-fields.tsx. */
export const productFieldsWords = {
  leaveABlankLineBetween:
    'Leave a blank line between paragraphs. Start list items with a dash and a space. HTML is allowed.',
  shoppersSeeActiveProductsOnly: 'Shoppers see active products only.',
  separateTagsWithCommas: 'Separate tags with commas.',
  theProductPageAlwaysShows: 'The product page always shows how many are left.',
  cantBeChangedOnceThe: 'Can’t be changed once the product is active.',
  itsAddressIs: 'Its address is',
  products: '/products/',
  itCantBeChangedSo: '. It can’t be changed, so links keep working.',
}

/** The texts of save-bar.tsx. */
export const saveBarWords = {
  discardChanges: 'Discard changes',
  saving: 'Saving…',
  save: 'Save',
  weCouldntConfirmThatSave: 'We couldn’t confirm that. Save again: it is saved only once.',
  nothingWasSavedCorrectThe: 'Nothing was saved. Correct the marked fields.',
  thisDeviceCannotStore:
    'This browser can’t store changes: its storage is full or blocked. Save now: a reload loses unsaved changes.',
  n1UnsavedChangeStoredOn: '1 unsaved change, stored on this device.',
  unsavedChangesStoredOnThis: (count: string | number) => `${count} unsaved changes, stored on this device.`,
  saved: 'Saved.',
  allChangesSaved: 'All changes saved.',
}

/** The texts of variant-fields.tsx. */
export const variantFieldsWords = {
  none: 'None',
}
