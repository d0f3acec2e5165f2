import { moneyAsDecimal } from '@/lib/domain/core/money'
import { countryName } from './country-name'
import type { DeliveryZone } from './delivery-zone'

// Separate from its schema, so that no page ships that.

/** The most rates a form has lines for; the database takes 20. */
const rateLines = 5

/** The initial texts of a zone's form. */
export function zoneTexts(zone: DeliveryZone | null, currency: string) {
  const price = (minor: number) => moneyAsDecimal({ minor, currency })
  return {
    name: zone?.name ?? '',
    countries: zone?.countries.map(countryName).join(', ') ?? '',
    postcodes: zone?.postcodes.join(', ') ?? '',
    estimate: zone?.estimate ?? '',
    rates: Array.from({ length: Math.max(rateLines, zone?.rates_minor.length ?? 0) }, (_, line) => {
      const [from, rate] = [zone?.rates_from_minor[line], zone?.rates_minor[line]]
      return { from: from ? price(from) : '', rate: rate === undefined ? '' : price(rate) }
    }),
  }
}
