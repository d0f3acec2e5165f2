/** The texts of pages.tsx. */
export const pagesWords = {
  pages: 'Pages',
  page: 'Page',
  ofIt: 'of',
}

/** The texts of password-field.tsx. */
export const passwordFieldWords = {
  show: 'Show',
  hide: 'Hide',
  password: 'password',
}

/** The texts of print-button.tsx. */
export const printButtonWords = { print: 'Print' }
