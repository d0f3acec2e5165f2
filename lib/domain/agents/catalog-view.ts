import type { Money } from '@/lib/domain/core/money'
import { addressOf, gtinOf } from '@/lib/domain/machines/product-data'
import { type Product, picturesFor, type Variant } from '@/lib/domain/products/product'
import { isBuyable, type ShelfRow, stockOfVariant } from '@/lib/domain/stock/shelf'
import { plainText } from '@/lib/domain/text/plain-text'
import { shelfNote } from './stock-note'
import { agentWords as words } from './words'

interface Beside {
  rows: readonly ShelfRow[]
  /** When the shelf was read, in milliseconds since 1970. */
  readAt: number
  origin: URL
  /** The ids that were asked for; none in a search. */
  asked: readonly string[]
}

/** A product of the catalogue as the protocol has it, with the shelf of its variants. */
export function productView(product: Product, { rows, readAt, origin, asked }: Beside): object {
  const { variants } = product
  const own = rows.filter(({ product_id }) => product_id === product.id)
  const amounts = variants.map(({ price }) => price.minor)
  const currency = variants[0]?.price.currency ?? ''
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    description: { plain: plainText(product.descriptionHtml, 2_000) || product.title },
    url: addressOf(product, null, origin),
    categories: [{ value: product.category.slug, taxonomy: 'merchant' }],
    price_range: {
      min: { amount: Math.min(...amounts), currency },
      max: { amount: Math.max(...amounts), currency },
    },
    media: product.pictures.slice(0, 10).map(({ src, alt }) => media(src, alt, origin)),
    options: product.optionNames.map((name, at) => ({
      name,
      values: [...new Set(variants.map(({ optionValues }) => optionValues[at] ?? ''))].map((label) => ({
        label,
      })),
    })),
    variants: variants.map((variant, at) => variantView(variant, at)),
    stock: shelfNote(own, readAt),
  }

  function variantView(variant: Variant, at: number): object {
    const title = variant.optionValues.length > 0 ? variant.optionValues.join(' / ') : product.title
    const [picture] = picturesFor(product, variant)
    const gtin = gtinOf(variant)
    const stock = stockOfVariant(own, variant.id)
    const inputs = inputsOf(variant, at)
    return {
      id: variant.id,
      sku: variant.sku,
      ...(gtin && { barcodes: [{ type: 'GTIN', value: gtin }] }),
      title,
      description: { plain: title },
      url: addressOf(product, variant, origin),
      price: priceOf(variant.price),
      ...(variant.compareAt && { list_price: priceOf(variant.compareAt) }),
      availability: {
        available: isBuyable(stock),
        status: isBuyable(stock) ? 'in_stock' : stock.band === 'out' ? 'out_of_stock' : 'discontinued',
      },
      options: product.optionNames.map((name, option) => ({
        name,
        label: variant.optionValues[option] ?? words.item,
      })),
      ...(picture && { media: [media(picture.src, picture.alt, origin)] }),
      ...(inputs.length > 0 && { inputs }),
    }
  }

  /** By which of the ids that were asked for a variant is in the answer. */
  function inputsOf(variant: Variant, at: number): object[] {
    return [
      ...(asked.includes(variant.id) ? [{ id: variant.id, match: 'exact' }] : []),
      ...(asked.includes(product.id) ? [{ id: product.id, match: at === 0 ? 'featured' : 'product' }] : []),
    ]
  }
}

const priceOf = ({ minor, currency }: Money) => ({ amount: minor, currency })

function media(src: string, alt: string, origin: URL): object {
  return { type: 'image', url: new URL(src, origin).href, ...(alt && { alt_text: alt }) }
}
