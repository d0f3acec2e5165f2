/** The rules for sales at a distance in the country of a shop. */
export interface ConsumerLaw {
  /** Days, after the goods arrive, in which a consumer may withdraw from the contract without a reason. */
  withdrawalDays: number
  /** Where the law says it. */
  source: string
}

// Directive 2011/83/EU on consumer rights: Article 8(2), the button must say that the order obliges to pay; Article 9(1),
// 14 days. It binds the member states, and by the EEA Agreement (Annex XIX) Iceland, Liechtenstein and Norway.
const directive: ConsumerLaw = { withdrawalDays: 14, source: 'Directive 2011/83/EU, Articles 8(2) and 9(1)' }
const memberStates =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO'.split(' ')

// Kept by the United Kingdom after it left.
const unitedKingdom: ConsumerLaw = {
  withdrawalDays: 14,
  source:
    'Consumer Contracts (Information, Cancellation and Additional Charges) Regulations 2013, 14(4) and 30',
}

const laws: Readonly<Record<string, ConsumerLaw>> = {
  ...Object.fromEntries(memberStates.map((country) => [country, directive])),
  GB: unitedKingdom,
}

/** The law of a country; null where we know of none. */
export function consumerLawOf(country: string): ConsumerLaw | null {
  return laws[country] ?? null
}
