/** The texts of band-links.tsx. */
export const bandLinksWords = {
  everything: 'Everything',
  lowStock: 'Low stock',
  soldOut: 'Sold out',
  stockFilters: 'Stock filters',
}

/** The texts of inventory-filter-form.tsx. */
export const inventoryFilterFormWords = {
  inStock: 'In stock',
  lowStock: 'Low stock',
  soldOut: 'Sold out',
  unavailable: 'Unavailable',
  inventory: 'Inventory',
  titleOptionSkuOrBarcode: 'Title, option, SKU or barcode',
  search: 'Search',
  shoppersSee: 'Shoppers see',
  location: 'Location',
  category: 'Category',
}
