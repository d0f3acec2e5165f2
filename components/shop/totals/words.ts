import type { Totals } from '@/lib/domain/checkout/totals'
import { formatMoney } from '@/lib/domain/core/money'
import { percent } from '@/lib/domain/text/percent'

/** The texts of total-parts.tsx. */
export const totalPartsWords = {
  subtotal: 'Subtotal',
  discount: 'Discount',
  discountOf: (title: string) => `Discount: ${title}`,
  delivery: 'Delivery',
  free: 'free',
}

/** "Includes €4.20 VAT"; at more than one rate, with the tax of each. */
export function includedTaxWords(
  { tax_minor, taxes }: Pick<Totals, 'tax_minor' | 'taxes'>,
  currency: string,
) {
  const money = (minor: number) => formatMoney({ minor, currency })
  const each = taxes.map((part) => `${percent(part.rate_bp)}: ${money(part.tax_minor)}`)
  return `Includes ${money(tax_minor)} VAT${each.length > 1 ? ` (${each.join(', ')})` : ''}`
}
