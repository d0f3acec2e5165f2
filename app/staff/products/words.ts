/** The texts of the products page. */
export const productsPageWords = {
  products: 'Products',
  newProduct: 'New product',
  noProductsMatchTryFewer: 'No products match. Try fewer words or another filter.',
  productPages: 'Product pages',
  backToFirstPage: 'Back to first page',
  nextProducts: 'Next products',
}

/** The texts of the products new page. */
export const productsNewPageWords = {
  newProduct: 'New product',
  products: 'Products',
  shoppersDontSeeDraftsAdd:
    'Shoppers don’t see drafts. Add text, pictures and more variants on the next page.',
}

/** The texts of the product page. */
export const productPageWords = {
  product: 'Product',
  saved: 'Saved.',
}
