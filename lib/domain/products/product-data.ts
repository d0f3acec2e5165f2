import { moneyAsDecimal } from '@/lib/domain/core/money'
import type { ShelfBand, Stock } from '@/lib/domain/stock/shelf'
import { plainText } from '@/lib/domain/text/plain-text'
import type { Product, Variant } from './product'

const availability = {
  in: 'https://schema.org/InStock',
  low: 'https://schema.org/LimitedAvailability',
  out: 'https://schema.org/OutOfStock',
  unlisted: 'https://schema.org/OutOfStock',
} as const satisfies Record<ShelfBand, string>

/** A product as schema.org describes it, for search engines: one variant, its price and whether it is to be had. */
export function productData(product: Product, variant: Variant, stock: Stock, origin: URL) {
  const url = new URL(`/products/${product.handle}?variant=${encodeURIComponent(variant.sku)}`, origin)
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: [product.title, ...variant.optionValues].join(', '),
    description: plainText(product.descriptionHtml, 5000),
    sku: variant.sku,
    image: product.pictures.map(({ src }) => new URL(src, origin).href),
    category: product.category.title,
    ...(product.vendor && { brand: { '@type': 'Brand', name: product.vendor } }),
    offers: {
      '@type': 'Offer',
      url: url.href,
      price: moneyAsDecimal(variant.price),
      priceCurrency: variant.price.currency,
      itemCondition: 'https://schema.org/NewCondition',
      availability: availability[stock.band],
    },
  }
}
