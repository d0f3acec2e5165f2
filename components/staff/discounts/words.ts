import { fieldRefusalWords } from '@/components/staff/shell/refusal-words'
import type { DiscountKind } from '@/lib/domain/checkout/discount'
import type { Refusal } from '@/lib/domain/core/refusal'

/** The texts of discount-list.tsx and live-uses.tsx. */
export const discountListWords = {
  discounts: 'Discounts',
  none: 'No discounts yet. Add one with a code, or one that every cart gets.',
  add: 'Add a discount',
  change: (title: string) => `Change ${title}`,
  automatic: 'Automatic',
  inactive: 'Inactive',
  ended: 'Ended',
  upcoming: 'Upcoming',
  off: (amount: string) => `${amount} off`,
  freeDelivery: 'Free delivery',
  from: (minimum: string) => `from ${minimum}`,
  uses: (used: number, limit: number | null) =>
    limit === null ? `${used} used` : `${used} of ${limit} used`,
  held: (held: number) => (held === 0 ? '' : `, ${held} held in carts`),
}

export const kindWords: Record<DiscountKind, string> = {
  percent: 'Percentage',
  amount: 'Amount',
  free_delivery: 'Free delivery',
}

/** The texts of discount-form.tsx. */
export const discountFormWords = {
  title: 'Title',
  titleHint: 'Shown to shoppers in the total.',
  code: 'Code (optional)',
  codeHint: 'Letters, digits and hyphens. Without a code every cart gets the discount.',
  kind: 'Kind',
  percent: 'Percent off',
  amount: (currency: string) => `Amount off, ${currency}`,
  minimum: (currency: string) => `Minimum of items, ${currency} (optional)`,
  category: 'Category',
  all: 'All',
  product: 'Product address (optional)',
  productHint: 'The last part of its page address, such as “pour-jug”.',
  startsAt: 'Starts (optional)',
  endsAt: 'Ends (optional)',
  usesLimit: 'Uses in total (optional)',
  perPerson: 'Uses per person (optional)',
  active: 'Active',
  save: 'Save discount',
  saving: 'Saving …',
  saved: 'Saved.',
}

const problems: Record<string, string> = {
  title: 'Enter a title of up to 80 characters.',
  code: 'Use 3 to 40 letters, digits or hyphens that no other discount has. A saved discount cannot get or lose a code.',
  kind: 'Choose a kind.',
  percent_bp: 'Enter a percentage from 0.01 to 100.',
  amount_minor: 'Enter an amount, such as 5.00.',
  category: 'Choose a category.',
  product: 'There is no product with this address.',
  minimum_minor: 'Enter the minimum as an amount, such as 50.00.',
  starts_at: 'Enter the start as a date and time.',
  ends_at: 'Enter an end after the start.',
  per_person: 'Enter a whole number of uses per person, for a discount with a code.',
  uses_limit: 'Enter a whole number of uses, no fewer than are held and used, for a discount with a code.',
}

/** A refusal of the form of a discount, as staff read it. */
export function discountRefusalWords(refusal: Refusal): string {
  return fieldRefusalWords(refusal, problems)
}
