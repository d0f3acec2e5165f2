/** The texts of category-header.tsx. */
export const categoryHeaderWords = {
  products: (products: string | number) => `${products} products`,
}

/** The texts of gallery.tsx. */
export const galleryWords = {
  picturesOf: (title: string) => `Pictures of ${title}`,
  strip: 'Pictures, side by side',
  show: (number: number) => `Show picture ${number}`,
  enlarge: (number: number) => `Enlarge picture ${number}`,
  close: 'Close',
}

/** The texts of nothing-found.tsx. */
export const nothingFoundWords = {
  whatAreYouLookingFor: 'What are you looking for?',
  noProductsFound: 'No products found.',
  searchByProductMaterialOr: 'Search by product, material or maker.',
  nothingMatchesTryFewerWords: (text: string | number) =>
    `Nothing matches “${text}”. Try fewer words, or browse a category:`,
}

/** The texts of price.tsx. */
export const priceWords = {
  fromIt: 'from',
  now: 'Now',
  before: 'before',
}

/** The texts of product-card.tsx. */
export const productCardWords = {
  limited: 'Limited',
}

/** The texts of product-details.tsx. */
export const productDetailsWords = {
  limitedEdition: 'Limited edition',
  madeBy: 'Made by',
  item: 'Item',
}

/** The texts of still-in-stock.tsx. */
export const stillInStockWords = {
  stillInStock: 'This choice is sold out. Still in stock:',
}

/** The texts of stock-boundary.tsx. */
export const stockBoundaryWords = {
  stockUnknownTryAgain: 'Stock unknown. Try again',
}

/** The texts of stock-slot.tsx. */
export const stockSlotWords = {
  counting: 'Counting …',
  reloadToSeeStock: 'reload to see stock',
}

/** The texts of variant-choice.tsx. */
export const variantChoiceWords = {
  show: 'Show',
}
