import { fieldRefusalWords } from '@/components/staff/shell/refusal-words'
import type { Refusal } from '@/lib/domain/core/refusal'

/** The texts of tax-rates.tsx. */
export const taxRatesWords = {
  rates: 'Rates by country and category',
  none: 'No rates yet. Each product is taxed at its own rate, wherever it is delivered.',
  order:
    'A rate for one country takes precedence over a rate for all countries, and a rate for one category over a rate for all categories.',
  allCountries: 'All countries',
  allCategories: 'All categories',
  add: 'Add a rate',
  country: 'Country of delivery',
  category: 'Category',
  percentage: 'Tax in percent',
  percentageHint: 'An existing rate for the same country and category is replaced.',
  save: 'Save rate',
  saving: 'Saving …',
  saved: 'Saved.',
  remove: 'Remove rate',
  removed: 'Removed.',
}

const problems: Record<string, string> = {
  country: 'Choose a country, a category, or both.',
  category: 'This category no longer exists. Choose another one.',
  rate_bp: 'Enter a percentage from 0 to 100, such as 19 or 7.5.',
  rate: 'The shop has 1000 rates, the maximum. Remove one first.',
}

/** A refusal of a form about tax, as staff read it. */
export function taxRefusalWords(refusal: Refusal): string {
  return fieldRefusalWords(refusal, problems)
}
