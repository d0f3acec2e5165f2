/** The texts of code-lines.tsx. */
export const codeLinesWords = {
  linesSkuOrBarcodeUnits: 'Lines: SKU or barcode, units',
  lineSkuOrBarcode: (value: string | number) => `Line ${value}: SKU or barcode`,
  enterTheNumberOfUnits: 'Enter the number of units: a whole number from 1',
  lineUnits: (value: string | number) => `Line ${value}: units`,
}

/** The texts of filter-select.tsx. */
export const filterSelectWords = {
  all: 'All',
}

/** The texts of scan-fields.tsx. */
export const scanFieldsWords = {
  skuOrBarcode: 'SKU or barcode',
  units: 'Units',
}

/** The texts of form-status.tsx. */
export const formStatusWords = {
  unsent: 'You are offline, so nothing was saved. Try again when you are online.',
  saving: 'Saving…',
  saved: 'Saved.',
  unanswered: 'We couldn’t confirm that. Try again: it is saved only once.',
}
