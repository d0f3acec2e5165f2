import type { ReturnPolicy } from './return-data'

/** The texts of product-text.ts. */
export const productTextWords = {
  origin: (vendor: string, category: string) =>
    [vendor && `Made by ${vendor}.`, `Category: ${category}.`].filter(Boolean).join(' '),
  manyVariants: (variants: number) => `${variants} variants. The page has their prices and stock.`,
  delivery: (country: string | null, price: string, estimate: string) =>
    `Delivery${country ? ` to ${country}` : ''}: ${[price, estimate].filter(Boolean).join(', ')}.`,
  free: 'free',
  returns: ({ days, isFree }: ReturnPolicy) =>
    `Returns: within ${days} ${days === 1 ? 'day' : 'days'}, ${isFree ? 'free' : 'at the cost of the buyer'}.`,
  before: (price: string) => ` (before ${price})`,
  page: (address: string) => `Page: ${address}`,
}

/** The texts of shop-text.ts. */
export const shopTextWords = {
  about:
    'Prices include tax. Stock is live: a page is at most 4 seconds old when it is sent, a feed says when it was read.',
  categories: 'Categories',
  files: 'Files',
  sitemap: 'every page with the date of its last change',
  products: 'every variant with price and availability (Google Merchant product feed, at most 5 minutes old)',
  inventory: 'every variant by location (Google Merchant local inventory feed, at most 5 minutes old)',
  text: 'Each product also as Markdown: add /text to the address of its page',
  contact: 'Contact',
}
