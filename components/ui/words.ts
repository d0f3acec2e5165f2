/** The texts of pages.tsx. */
export const pagesWords = {
  pages: 'Pages',
  page: 'Page',
  ofIt: 'of',
}
