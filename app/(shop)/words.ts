/** The texts of catalogue-notice.tsx. */
export const catalogueNoticeWords = {
  weCantReachOurDatabase: 'We can’t reach our database right now. This is the catalogue from',
  agoSoStockCantBe: 'ago, so stock can’t be confirmed.',
  lessThanAMinute: 'less than a minute',
  aMinute: 'a minute',
  minutes: (minutes: string | number) => `${minutes} minutes`,
  hours: (floor: string | number) => `${floor} hours`,
}

/** The texts of the error. */
export const errorWords = {
  somethingWentWrong: 'Something went wrong.',
  thisPageCouldNotBe: 'This page could not be loaded. Your cart and orders are safe. Try again.',
}

/** The texts of the page of a product that is no longer sold. */
export const goneWords = {
  noLongerSold: 'This product is no longer sold.',
  seeOthers: 'We removed it from the shop. Your orders of it are unchanged.',
}

/** The texts of the not found. */
export const notFoundWords = {
  pageNotFound: 'Page not found',
  weCantFindThatPage: 'We can’t find that page.',
  theLinkMayBeWrong:
    'The link may be wrong, or the product may no longer exist. Check the address, or search for the product.',
  backToTheShop: 'Back to the shop',
  searchProducts: 'Search products',
}

/** The texts of the page. */
export const pageWords = {
  browseCategories: 'Browse categories',
  allProducts: 'All products',
  products: (total: string | number) => `${total} products`,
  page: 'Page',
}

/** The texts of the category page. */
export const categoryPageWords = {
  everythingIn: 'Everything in',
  noneMatch: 'No products match these filters. Remove one to see more.',
}

/** The texts of the order page. */
export const orderPageWords = {
  yourOrder: 'Your order',
}

/** The texts of the order pay page. */
export const orderPayPageWords = {
  payment: 'Payment',
}

/** The texts of the search page. */
export const searchPageWords = {
  search: 'Search',
  searchResults: 'Search results',
  noProductsFound: 'No products found.',
  n1ProductFound: '1 product found.',
  productsFound: (total: string | number) => `${total} products found.`,
  manyFound: 'Products found: 1,000 or more. The best matches come first; more words find fewer.',
  readAs: (meant: string, typed: string) => `Nothing matches “${typed}”. Results for “${meant}”:`,
  nearest: (typed: string) => `No product has all the words of “${typed}”. The nearest results:`,
}

/** The texts of the account page. */
export const accountPageWords = {
  yourOrders: 'Your orders',
  signedInAs: 'Signed in as',
  noOrdersYetOrdersYou:
    'No orders yet. Orders you place while signed in appear here. To add an earlier order, open its page.',
  browseProducts: 'Browse products',
  yourDetails: 'Your details',
}

/** The texts of the account sign up page. */
export const accountSignUpPageWords = {
  createAccount: 'Create account',
  seeYourOrdersAndYour: 'See your orders and your cart on every device.',
  alreadyHaveAnAccount: 'Already have an account?',
  signIn: 'Sign in',
}

/** The texts of the account sign in page. */
export const accountSignInPageWords = {
  signIn: 'Sign in',
  yourCartStaysWithYou: 'Your cart stays with you when you sign in.',
  forgotPassword: 'Forgot your password?',
  confirmAddress: 'Send the confirmation again',
  newHere: 'New here?',
  createAccount: 'Create account',
  youCanAlsoCheckOut: '. You can also check out without one.',
}

/** The texts of the pages for a forgotten password. */
export const forgotPageWords = {
  resetPassword: 'Reset password',
  enterTheAddress: 'Enter the e-mail address of your account. We send you a link to choose a new password.',
  backToSignIn: 'Back to sign in',
  setPassword: 'Choose a new password',
  askForAnotherLink: 'Request another link',
}

/** The texts of the pages that confirm an address. */
export const confirmPageWords = {
  confirmYourAddress: 'Confirm your address',
  noEmailYet: 'No e-mail yet? Enter the address of your account, and we send the link again.',
  oneMoreClick: 'Confirm that this e-mail address is yours.',
  signIn: 'Sign in',
  askForAnotherLink: 'Request another link',
}

/** The texts of the page with the details of an account. */
export const detailsPageWords = {
  yourDetails: 'Your details',
  yourOrders: 'Your orders',
  signedInAs: 'Signed in as',
}

/** The texts of the checkout page. */
export const checkoutPageWords = {
  checkout: 'Checkout',
}

/** The texts of the cart page. */
export const cartPageWords = {
  cart: 'Cart',
  inYourCart: 'In your cart',
}

/** The texts of related.tsx. */
export const relatedWords = {
  youMayAlsoLike: 'You may also like',
}

/** The texts of opengraph-image.tsx. */
export const productOpengraphImageWords = {
  theProduct: 'The product',
}

/** The texts of the product page. */
export const productPageWords = {
  askAboutThisProduct: 'Ask about this product',
  stockAcrossAllOurLocations: 'Stock across all our locations, updated live.',
}
