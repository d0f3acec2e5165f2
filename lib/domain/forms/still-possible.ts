import type { UnmetLine } from '@/lib/domain/cart/unmet-line'

/** How many of the units asked for now can surely still be had, beside those the cart had before. */
export function stillPossible({ wanted, left }: Pick<UnmetLine, 'wanted' | 'left'>, asked: number): number {
  return left === null ? 0 : Math.max(0, left - (wanted - asked))
}
