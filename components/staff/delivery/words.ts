import { fieldRefusalWords } from '@/components/staff/shell/refusal-words'
import type { Refusal } from '@/lib/domain/core/refusal'

/** The texts of zone-list.tsx. */
export const zoneListWords = {
  zones: 'Delivery zones',
  none: 'No zones yet. The shop delivers everywhere, free of charge. Add a zone to set a price, or to limit where you deliver.',
  add: 'Add a zone',
  change: (name: string) => `Change ${name}`,
  allPostcodes: 'All postcodes',
  postcodes: (codes: string) => `Postcodes ${codes}`,
  from: (from: string) => `from ${from}`,
  free: 'free',
  remove: 'Remove zone',
  removed: 'Removed.',
  removeLast: 'Without a zone the shop delivers everywhere, free of charge.',
  others: 'The shop does not deliver to other countries.',
}

/** The texts of zone-form.tsx. */
export const zoneFormWords = {
  name: 'Name',
  nameHint: 'Only staff see it. Such as “Germany” or “Islands”.',
  countries: 'Countries',
  countriesHint: 'Names or two-letter codes, separated by commas. EU adds all member states.',
  postcodes: 'Postcodes (optional)',
  postcodesHint: 'Limits the zone. 10* means all postcodes that begin with 10.',
  estimate: 'Delivery time (optional)',
  estimateHint: 'Shown to shoppers, such as “2–3 working days”.',
  rates: (currency: string) => `Rates in ${currency}, tax included`,
  ratesHint: 'By the value of the items after discounts. 0 is free delivery.',
  from: (line: number) => `Rate ${line}: items from`,
  rate: (line: number) => `Rate ${line}: price of delivery`,
  itemsFrom: 'Items from',
  price: 'Price',
  save: 'Save zone',
  saving: 'Saving …',
  saved: 'Saved.',
}

/** The texts of delivery-tax.tsx. */
export const deliveryTaxWords = {
  tax: 'Tax on delivery',
  asGoods: 'As the items',
  asGoodsHint: 'Divided among the tax rates of the items by value, as in the European Union.',
  ownRate: 'One rate',
  ownRateHint: 'Always the same rate, whatever is delivered.',
  percentage: 'Percent',
  save: 'Save tax',
  saved: 'Saved.',
}

const problems: Record<string, string> = {
  name: 'Enter a name of up to 80 characters.',
  countries: 'One of the countries is not known. Write names or two-letter codes, separated by commas.',
  postcodes: 'One of the postcodes is not valid. Use letters, digits and * at the end.',
  rates: 'One of the rates is not a price. Write amounts such as 4.90, the lowest from 0.',
  estimate: 'Shorten the delivery time to 80 characters.',
  tax_rate_bp: 'Enter a percentage from 0 to 100, such as 19 or 7.5.',
}

/** A refusal of a form about deliveries, as staff read it. */
export function zoneRefusalWords(refusal: Refusal): string {
  return fieldRefusalWords(refusal, problems)
}
