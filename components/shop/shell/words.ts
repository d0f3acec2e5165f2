/** The texts of search-form.tsx. */
export const searchFormWords = {
  whatAreYouLookingFor: 'What are you looking for?',
  searchProducts: 'Search products',
  search: 'Search',
}

/** The texts of site-footer.tsx. */
export const siteFooterWords = {
  allCategories: 'All categories',
  categories: 'Categories',
  ourLocations: 'Our locations',
  everyPictureHereIsDrawn: 'Every picture here is drawn, every number counted.',
  staffEntrance: 'Staff entrance',
}

/** The texts of site-header.tsx. */
export const siteHeaderWords = {
  categories: 'Categories',
  allProducts: 'All products',
  search: 'Search',
  account: 'Account',
}
