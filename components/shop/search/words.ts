/** The texts of search-filters.tsx. */
export const searchFiltersWords = {
  filters: 'Filter and sort',
  narrow: 'Filters',
  category: 'Category',
  all: 'All',
  inStockNow: 'In stock now',
  from: (currency: string) => `Price from (${currency})`,
  to: (currency: string) => `to (${currency})`,
  sort: 'Sort by',
  shopOrder: 'Our order',
  sorts: {
    relevance: 'Best match',
    price: 'Price, lowest first',
    price_down: 'Price, highest first',
    newest: 'Newest',
    best_selling: 'Best selling',
    few_left: 'Few left',
  },
  show: 'Show',
  clear: 'Clear filters',
}

/** The texts of suggestions.tsx. */
export const suggestionsWords = {
  products: 'Products',
  found: (products: number) => (products === 1 ? '1 suggestion' : `${products} suggestions`),
}
