import type { ShortOfStock } from '@/lib/domain/short-stock'

/** How many of the units asked for now can still be had, beside those the cart had before. */
export function stillPossible(
  { wanted, left }: Pick<ShortOfStock, 'wanted' | 'left'>,
  asked: number,
): number {
  return Math.max(0, left - (wanted - asked))
}
