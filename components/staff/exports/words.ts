/** The texts of export-section.tsx. */
export const exportSectionWords = {
  exportInventory: 'Export inventory',
  oneLinePerVariantAnd:
    'One line per variant and location. Enter new quantities in “On hand (new)” and import the file. Sales since the export are taken into account.',
  location: 'Location',
  allLocations: 'All locations',
  downloadInventoryCsv: 'Download inventory CSV',
  exportProducts: 'Export products',
  textsPricesAndPicturesOf:
    'Texts, prices and pictures of all products, including drafts and archived products, in Shopify’s format.',
  downloadProductCsv: 'Download product CSV',
}

/** The texts of orders-export.tsx. */
export const ordersExportWords = {
  title: 'Export orders',
  about:
    'One line per item, in Shopify’s format, with names and addresses. Both days are included; without them the file has every order.',
  from: 'From',
  to: 'To',
  download: 'Download order CSV',
}
