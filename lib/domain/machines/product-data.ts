import type { BreadcrumbList, Graph, Offer, Product as ProductNode } from 'schema-dts'
import { type DeliveryOffer, promisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { gtin14 } from '@/lib/domain/codes/gtin'
import { moneyAsDecimal } from '@/lib/domain/core/money'
import { isWide, type Product, picturesFor, type Variant } from '@/lib/domain/products/product'
import { nameOf } from '@/lib/domain/products/variant-name'
import { type ShelfBand, type ShelfRow, stockOfVariant } from '@/lib/domain/stock/shelf'
import { plainText } from '@/lib/domain/text/plain-text'
import { deliveryData } from './delivery-data'
import { type ReturnPolicy, returnData } from './return-data'
import { standardOption } from './standard-options'

const availability = {
  in: 'https://schema.org/InStock',
  low: 'https://schema.org/LimitedAvailability',
  out: 'https://schema.org/OutOfStock',
  unlisted: 'https://schema.org/OutOfStock',
} as const satisfies Record<ShelfBand, string>

/** The facts of the shop that are said beside every product. */
export interface ShopFacts {
  /** The address the shop is visited at. */
  origin: URL
  /** Where the shop is: ISO 3166-1 alpha-2, or empty. */
  country: string
  /** Null while the shop's deliveries cannot be read: then nothing is said of them. */
  delivery: readonly DeliveryOffer[] | null
  /** Null where the shop states no return policy. */
  returns: ReturnPolicy | null
}

/**
 * A product as schema.org describes it, for search engines: the group with every variant, its price and whether it is to
 * be had, and the way to it through the shop. Of a wide product only the chosen variant.
 *
 * @param shelf the rows that the page shows, so that both say the same.
 */
export function productData(
  product: Product,
  chosen: Variant,
  shelf: readonly ShelfRow[],
  shop: ShopFacts,
): Graph {
  return { '@context': 'https://schema.org', '@graph': [productNode(), wayTo(product, shop.origin)] }

  function productNode(): ProductNode {
    const common = {
      description: plainText(product.descriptionHtml, 5000),
      category: product.category.title,
      url: addressOf(product, null, shop.origin),
      ...(product.vendor && { brand: { '@type': 'Brand' as const, name: product.vendor } }),
    }
    if (product.optionNames.length === 0) return { ...variantNode(chosen), ...common }
    return {
      '@type': 'ProductGroup',
      '@id': addressOf(product, null, shop.origin),
      name: product.title,
      productGroupID: product.id,
      variesBy: product.optionNames.map((name) => standardOption(name)?.address ?? name),
      hasVariant: (isWide(product) ? [chosen] : product.variants).map(variantNode),
      ...common,
    }
  }

  function variantNode(variant: Variant): ProductNode & object {
    const options = product.optionNames.map((name, at) => ({ name, value: variant.optionValues[at] ?? '' }))
    const [picture] = picturesFor(product, variant)
    const others = options.filter(({ name }) => !standardOption(name))
    return {
      '@type': 'Product',
      name: nameOf({ title: product.title, option_values: variant.optionValues }),
      sku: variant.sku,
      ...(gtinOf(variant) && { gtin: gtinOf(variant) }),
      ...(picture && { image: [new URL(picture.src, shop.origin).href] }),
      ...Object.fromEntries(
        options.flatMap(({ name, value }) => {
          const standard = standardOption(name)
          return standard && value ? [[standard.property, value]] : []
        }),
      ),
      ...(others.length > 0 && {
        additionalProperty: others.map(({ name, value }) => ({ '@type': 'PropertyValue', name, value })),
      }),
      offers: offerOf(variant),
    }
  }

  function offerOf(variant: Variant): Offer {
    const delivery = shop.delivery && promisedDelivery(shop.delivery, shop.country, variant.price)
    return {
      '@type': 'Offer',
      url: addressOf(product, variant, shop.origin),
      price: moneyAsDecimal(variant.price),
      priceCurrency: variant.price.currency,
      itemCondition: 'https://schema.org/NewCondition',
      availability: availability[stockOfVariant(shelf, variant.id).band],
      ...(variant.compareAt && {
        priceSpecification: {
          '@type': 'UnitPriceSpecification',
          priceType: 'https://schema.org/StrikethroughPrice',
          price: moneyAsDecimal(variant.compareAt),
          priceCurrency: variant.compareAt.currency,
        },
      }),
      ...(delivery && { shippingDetails: deliveryData(delivery) }),
      ...(shop.returns && { hasMerchantReturnPolicy: returnData(shop.returns, shop.country) }),
    }
  }
}

/** The barcode of a variant where it is a Global Trade Item Number; '' for a code of the shop's own. */
export function gtinOf({ barcode }: Variant): string {
  const digits = barcode?.trim() ?? ''
  return gtin14(digits) ? digits : ''
}

/** The page of a product, opened on one of its variants. The canonical address of all of them is the product's. */
export function addressOf({ handle, ...product }: Product, variant: Variant | null, origin: URL): string {
  const isOnly = product.variants.length === 1
  const query = variant && !isOnly ? `?variant=${encodeURIComponent(variant.sku)}` : ''
  return new URL(`/products/${handle}${query}`, origin).href
}

function wayTo({ category, title, handle }: Product, origin: URL): BreadcrumbList {
  const steps = [
    { name: category.title, path: `/category/${category.slug}` },
    { name: title, path: `/products/${handle}` },
  ]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: new URL(path, origin).href,
    })),
  }
}
