/** The texts of the import page. */
export const importPageWords = {
  importIt: 'Import',
  uploadAProductOrInventory:
    'Upload a product file from Shopify or Matrixify, or an inventory file from Shopify. You’ll see all changes before you confirm, and you can revert the import later.',
  recentImports: 'Recent imports',
}

/** The texts of the import record page. */
export const importRecordPageWords = {
  importIt: 'Import',
  theShop: 'The shop',
}
