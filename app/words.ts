/** The texts of the root error. */
export const rootErrorWords = {
  theShopIsUnavailable: 'The shop is unavailable.',
  weCantLoadThisPage: 'We can’t load this page right now. Try again in a minute.',
}

/** The texts of global-error.tsx. */
export const rootGlobalErrorWords = {
  shopUnavailable: 'Shop unavailable',
  theShopIsUnavailable: 'The shop is unavailable.',
  somethingWentWrongOnOur: 'Something went wrong on our side. Try again in a minute.',
}

/** The texts of the layout. */
export const layoutWords = {
  openingSoon: 'Opening soon',
}
