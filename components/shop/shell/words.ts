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
  staffEntrance: 'Staff entrance',
}

/** The texts of site-header.tsx. */
export const siteHeaderWords = {
  categories: 'Categories',
  allProducts: 'All products',
  search: 'Search',
  account: 'Account',
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Days of the week, 1 (Monday) to 7: "Tue to Fri", "Sat". */
export function dayWords(first: number, last: number): string {
  const [from, to] = [days[first - 1], days[last - 1]]
  return first === last ? `${from}` : `${from} to ${to}`
}

/** The texts of opening-soon.tsx. */
export const openingSoonWords = {
  openingSoon: 'Opening soon',
  about: 'This shop is being set up. Its first products will be here soon.',
  staff: 'Staff entrance',
}
