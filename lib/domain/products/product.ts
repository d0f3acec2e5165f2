import type { Money } from '@/lib/domain/core/money'

/** A picture of a product: a photo in Storage (`/pictures/…`), a drawing of the demo (`/art/…`), or an address that an import named. */
export interface Picture {
  src: string
  alt: string
  /** The point that a frame keeps visible, in percent from the left and the top; the middle where it is not given. */
  focus?: readonly [number, number]
}

/** How a line of a cart looks: its picture, and what else could be chosen. */
export interface LineFace {
  picture: Picture | null
  /** The other variants of its product. */
  siblings: readonly Pick<Variant, 'id' | 'optionValues'>[]
}

/** A product in a list: its picture, its name, the lowest price of its variants. */
export interface ProductCard {
  id: string
  handle: string
  title: string
  category: string
  limited: boolean
  picture: Picture | null
  price: Money | null
  /** The former price beside the lowest one, when that was higher. */
  compareAt: Money | null
  /** Whether other variants cost more. */
  hasMorePrices: boolean
}

export interface Variant {
  id: string
  sku: string
  barcode?: string | null
  /** One value for each of the product's option names, in their order. */
  optionValues: readonly string[]
  price: Money
  compareAt: Money | null
}

export interface Product {
  id: string
  handle: string
  title: string
  /** Safe HTML: made so when it came in. */
  descriptionHtml: string
  category: { slug: string; title: string }
  vendor: string
  optionNames: readonly string[]
  limited: boolean
  variants: readonly Variant[]
  pictures: readonly (Picture & { variantId: string | null })[]
}

/** The part of a product that its form in the browser needs; of a wide product no variants, which may be thousands. */
export interface ProductFace {
  id: string
  handle: string
  isWide: boolean
  variants: readonly Pick<Variant, 'id' | 'sku'>[]
}

export function faceOf(product: Product): ProductFace {
  const variants = isWide(product) ? [] : product.variants.map(({ id, sku }) => ({ id, sku }))
  return { id: product.id, handle: product.handle, isWide: isWide(product), variants }
}

export interface Category {
  slug: string
  title: string
  blurb: string
  /** Its wide picture; empty without one. */
  picture: string
  /** Active products in it. */
  products: number
}

/** A former price is only worth saying when it was higher. */
export function reducedFrom(price: Money, compareAt: Money | null): Money | null {
  return compareAt && compareAt.minor > price.minor ? compareAt : null
}

/** With more variants than this a page follows the stock of the chosen one only, and does not load the others. */
const MANY_VARIANTS = 100

export function isWide({ variants }: Pick<Product, 'variants'>): boolean {
  return variants.length > MANY_VARIANTS
}

/**
 * The variant an address asks for; without one, or with one that is gone, the first that can be bought, or else the first.
 *
 * @param canBuy whether a variant is in stock, where that is known.
 */
export function chosenVariant(
  { variants }: Product,
  sku: string | undefined,
  canBuy: (variant: Variant) => boolean = () => true,
): Variant | null {
  return variants.find((variant) => variant.sku === sku) ?? variants.find(canBuy) ?? variants[0] ?? null
}

/** How many options two variants agree on. */
function agreement(one: Variant, other: Variant): number {
  return one.optionValues.filter((value, i) => value === other.optionValues[i]).length
}

/** The variant that choosing `value` for the option at `index` leads to: as little else as possible changes. */
export function variantWith(product: Product, from: Variant, index: number, value: string): Variant | null {
  const offered = product.variants.filter(({ optionValues }) => optionValues[index] === value)
  return offered.reduce<Variant | null>(
    (best, variant) => (best && agreement(from, best) >= agreement(from, variant) ? best : variant),
    null,
  )
}

/** The values offered for the option at `index`, each once, in the order of the variants. */
export function optionValues({ variants }: Product, index: number): string[] {
  return [...new Set(variants.flatMap(({ optionValues }) => optionValues[index] ?? []))]
}

/** The pictures of a product with those of the chosen variant, or of one most like it, first. */
export function picturesFor(product: Product, chosen: Variant): Product['pictures'] {
  const likeness = ({ variantId }: Product['pictures'][number]) => {
    const variant = product.variants.find(({ id }) => id === variantId)
    if (!variant) return 0
    return variant.id === chosen.id ? Number.POSITIVE_INFINITY : agreement(chosen, variant)
  }
  return product.pictures.toSorted((a, b) => likeness(b) - likeness(a))
}
