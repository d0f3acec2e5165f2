import type { Money } from '@/lib/domain/core/money'
import type { ProductChanges } from './changes'
import type { ProductSheet } from './sheet'

/** A price that a save would change. */
export interface PriceStep {
  variantId: string
  sku: string
  optionValues: readonly string[]
  before: Money
  after: Money
}

/** Every price that changes, in the order of the variants. */
export function priceSteps({ variants }: ProductSheet, changes: ProductChanges): PriceStep[] {
  return variants.flatMap(({ id, sku, option_values, price_minor, currency }) => {
    const minor = changes.variants?.[id]?.price_minor
    if (minor === undefined || minor === price_minor) return []
    const before = { minor: price_minor, currency }
    return [{ variantId: id, sku, optionValues: option_values, before, after: { minor, currency } }]
  })
}

/** Names exactly these prices: a yes to them is a yes to no others. */
export function pricesNamed(steps: readonly PriceStep[]): string {
  return steps.map(({ variantId, before, after }) => `${variantId}:${before.minor}:${after.minor}`).join()
}

/** By how much a price goes up or down, in percent to one digit; null from zero, which has no percentage. */
export function percentOf({ before, after }: Pick<PriceStep, 'before' | 'after'>): number | null {
  if (before.minor === 0) return null
  return Math.round(((after.minor - before.minor) / before.minor) * 1000) / 10
}
