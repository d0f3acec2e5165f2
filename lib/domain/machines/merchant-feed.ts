import { promisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { type Money, moneyAsDecimal } from '@/lib/domain/core/money'
import { type Picture, type Product, picturesFor, type Variant } from '@/lib/domain/products/product'
import { nameOf } from '@/lib/domain/products/variant-name'
import { isBuyable, type ShelfRow, stockOfVariant } from '@/lib/domain/stock/shelf'
import { plainText } from '@/lib/domain/text/plain-text'
import { addressOf, gtinOf, type ShopFacts } from './product-data'
import { standardOption } from './standard-options'
import { element, xmlText } from './xml'

// The two feeds of Google's Merchant Center, which other comparers read too. Their rules:
// https://support.google.com/merchants/answer/7052112 (products) and …/14819809 (local inventory).

const LONGEST = { id: 50, title: 150, description: 5000, brand: 70, option: 100, category: 750 } as const
const MOST_PICTURES = 10

/** The beginning of a feed. It says when it was read, which is how old it is. */
export function feedHead(title: string, origin: URL, readAt: Date): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<title>${xmlText(title)}</title><link>${xmlText(origin.href)}</link><description>${xmlText(title)}</description><lastBuildDate>${readAt.toUTCString()}</lastBuildDate>
`
}

export const feedEnd = '</channel></rss>\n'

/** The variants of a product, each an item of the product feed. One without a picture is in none: feeds refuse it. */
export function productItems(product: Product, shelf: readonly ShelfRow[], shop: ShopFacts): string {
  return product.variants.map((variant) => productItem(product, variant, shelf, shop)).join('')
}

function productItem(
  product: Product,
  variant: Variant,
  shelf: readonly ShelfRow[],
  shop: ShopFacts,
): string {
  const pictures = picturesFor(product, variant).map((picture) => pictureAt(picture, product, shop.origin))
  const [picture, ...others] = [...new Set(pictures)]
  if (!picture) return ''
  const name = nameOf({ title: product.title, option_values: variant.optionValues })
  const gtin = gtinOf(variant)
  return `<item>${[
    element('g:id', feedId(variant)),
    element('g:title', cut(name, LONGEST.title)),
    element('g:description', plainText(product.descriptionHtml, LONGEST.description) || name),
    element('g:link', addressOf(product, variant, shop.origin)),
    element('g:image_link', picture),
    ...others.slice(0, MOST_PICTURES).map((src) => element('g:additional_image_link', src)),
    element('g:availability', isBuyable(stockOfVariant(shelf, variant.id)) ? 'in_stock' : 'out_of_stock'),
    element('g:price', amount(variant.compareAt ?? variant.price)),
    variant.compareAt ? element('g:sale_price', amount(variant.price)) : '',
    element('g:condition', 'new'),
    element('g:brand', cut(product.vendor, LONGEST.brand)),
    element('g:gtin', gtin),
    gtin ? '' : element('g:identifier_exists', 'no'),
    product.optionNames.length > 0 ? element('g:item_group_id', product.id) : '',
    ...optionsOf(product, variant),
    element('g:product_type', cut(product.category.title, LONGEST.category)),
    shippingOf(variant, shop),
  ].join('')}</item>\n`
}

/** An item of the local inventory feed. */
export interface LocalStock {
  variant: Pick<Variant, 'id' | 'sku' | 'price'>
  /** The address part of the location, as Merchant Center's store code. */
  store: string
  /** Units that can be sold there. */
  available: number
}

/**
 * A variant at a location. The number of units is not in it, as it is on no page: few are "limited".
 *
 * @param shelf what the pages say: a variant that they call sold out is nowhere in stock.
 */
export function localItem(
  { variant, store, available }: LocalStock,
  shelf: readonly ShelfRow[],
  lowAt: number,
): string {
  const isThere = available > 0 && isBuyable(stockOfVariant(shelf, variant.id))
  return `<item>${[
    element('g:store_code', cut(store, 64)),
    element('g:id', feedId(variant)),
    element(
      'g:availability',
      isThere ? (available > lowAt ? 'in_stock' : 'limited_availability') : 'out_of_stock',
    ),
    element('g:price', amount(variant.price)),
  ].join('')}</item>\n`
}

/** The SKU, or for a long one the variant's id: both feeds name a variant in one way. */
function feedId({ id, sku }: Pick<Variant, 'id' | 'sku'>): string {
  return sku.length <= LONGEST.id && /^[\x21-\x7e]+$/.test(sku) ? sku : id
}

function amount(money: Money): string {
  return `${moneyAsDecimal(money)} ${money.currency}`
}

/** Comparers read no SVG: a drawing of ours is sent as the picture that shared links show. */
function pictureAt({ src }: Picture, { handle }: Product, origin: URL): string {
  return new URL(/\.svg$/i.test(src) ? `/products/${handle}/picture.png` : src, origin).href
}

function optionsOf({ optionNames }: Product, { optionValues }: Variant): string[] {
  return optionNames.map((name, at) => {
    const value = cut(optionValues[at] ?? '', LONGEST.option)
    const standard = standardOption(name)
    if (standard) return element(`g:${standard.property}`, value)
    return value === ''
      ? ''
      : `<g:product_detail>${element('g:attribute_name', cut(name, 140))}${element('g:attribute_value', value)}</g:product_detail>`
  })
}

function shippingOf({ price }: Variant, { delivery, country }: ShopFacts): string {
  const offered = delivery && promisedDelivery(delivery, country, price)
  if (!offered?.country) return ''
  return `<g:shipping>${element('g:country', offered.country)}${element('g:price', amount(offered.price))}</g:shipping>`
}

/** By characters, never within one. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join('').slice(0, length).toWellFormed()
}
