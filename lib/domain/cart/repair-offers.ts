import type { UnmetLine } from '@/lib/domain/cart/unmet-line'

/** Replacements for an unavailable line, as the value of a button called `repair` (see `Repair`). */
export interface RepairOffer {
  value: string
  /** Units that can be had. */
  quantity: number
  /** The sibling's options; null for fewer of the same. */
  optionValues: readonly string[] | null
}

type Sibling = UnmetLine['siblings'][number]

/** Repairs of a line that has `left` units (null: unknown): those units, or as many as there are of a sibling. */
export function repairOffers({
  variant_id,
  wanted,
  left,
  siblings,
}: {
  variant_id: string
  wanted: number
  left: number | null
  siblings: readonly Pick<Sibling, 'variant_id' | 'option_values' | 'left'>[]
}): RepairOffer[] {
  const fewer =
    left !== null && left > 0 && left < wanted
      ? [{ value: `${variant_id} ${left - wanted}`, quantity: left, optionValues: null }]
      : []
  const instead = siblings.map((sibling) => {
    const quantity = Math.min(wanted, sibling.left ?? wanted)
    return {
      value: `${variant_id} ${sibling.variant_id} ${quantity}`,
      quantity,
      optionValues: sibling.option_values,
    }
  })
  return [...fewer, ...instead]
}
