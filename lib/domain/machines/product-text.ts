import { promisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { formatMoney } from '@/lib/domain/core/money'
import { isWide, type Product, type Variant } from '@/lib/domain/products/product'
import { type ShelfRow, type Stock, stockOfVariant } from '@/lib/domain/stock/shelf'
import { plainText } from '@/lib/domain/text/plain-text'
import { addressOf, type ShopFacts } from './product-data'
import { productTextWords as words } from './words'

/** A text of people in one line of Markdown: it can begin no heading, list or link. */
export function line(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&')
    .trim()
}

/**
 * The page of a product as Markdown: the same name, prices and stock from the same reads. Of a wide product the variants
 * are counted and not listed, because their stock is read one by one.
 *
 * @param stockWords the words of the pages for a stock.
 */
export function productText(
  product: Product,
  shelf: readonly ShelfRow[],
  shop: ShopFacts,
  stockWords: (stock: Stock) => string,
): string {
  const [first] = product.variants
  const delivery = shop.delivery && first && promisedDelivery(shop.delivery, shop.country, first.price)
  return `${[
    `# ${line(product.title)}`,
    words.origin(line(product.vendor), line(product.category.title)),
    line(plainText(product.descriptionHtml, 5_000)),
    isWide(product)
      ? words.manyVariants(product.variants.length)
      : product.variants.map((variant) => variantLine(variant)).join('\n'),
    delivery &&
      words.delivery(
        delivery.country,
        delivery.price.minor === 0 ? words.free : formatMoney(delivery.price),
        line(delivery.estimate ?? ''),
      ),
    shop.returns && words.returns(shop.returns),
    words.page(addressOf(product, null, shop.origin)),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`

  function variantLine(variant: Variant): string {
    const name = variant.optionValues.length > 0 ? line(variant.optionValues.join(', ')) : line(product.title)
    const stock = stockWords(stockOfVariant(shelf, variant.id))
    const { price, compareAt } = variant
    const before = compareAt ? words.before(formatMoney(compareAt)) : ''
    const address = addressOf(product, variant, shop.origin)
    return `- ${name}: ${formatMoney(price)}${before}; ${stock}; ${line(variant.sku)}; ${address}`
  }
}
