import type { Money } from '@/lib/domain/core/money'

/** Where the shop delivers, as shoppers may know it before they give an address. Amounts in minor units. */
export interface DeliveryOffer {
  countries: readonly string[]
  /** Whether it holds for whole countries; else for some of their postcodes. */
  isWhole: boolean
  /** From which value of the goods each rate counts, ascending from 0. */
  rates: readonly { fromMinor: number; minor: number }[]
  /** How long it takes, in the shop's words. */
  estimate: string | null
}

export interface PromisedDelivery {
  /** ISO 3166-1 alpha-2; null for everywhere. */
  country: string | null
  price: Money
  estimate: string | null
}

/**
 * The delivery of goods of this price in the shop's own country, or in the first one that it delivers to as a whole. Null
 * where the postcode decides. Without offers the delivery is free everywhere, as private.charge_for_delivery has it.
 */
export function promisedDelivery(
  offers: readonly DeliveryOffer[],
  home: string,
  goods: Money,
): PromisedDelivery | null {
  if (offers.length === 0) {
    return { country: null, price: { minor: 0, currency: goods.currency }, estimate: null }
  }
  const whole = offers.filter(({ isWhole }) => isWhole)
  const offer = whole.find(({ countries }) => countries.includes(home)) ?? whole[0]
  const rate = offer?.rates.findLast(({ fromMinor }) => fromMinor <= goods.minor)
  if (!offer || !rate) return null
  const country = offer.countries.includes(home) ? home : (offer.countries[0] ?? null)
  return { country, price: { minor: rate.minor, currency: goods.currency }, estimate: offer.estimate }
}

/** The days that an estimate names: "2–3 working days" is two to three; null where it names none. */
export function daysOf(estimate: string | null): { least: number; most: number } | null {
  const [, first, last] =
    /(\d{1,3})(?:\s*(?:-|–|—|to|bis|à)\s*(\d{1,3}))?\s*(?:\p{L}+\s+)?(?:days?|(?:Werk)?[Tt]agen?|jours?)\b/u.exec(
      estimate ?? '',
    ) ?? []
  if (first === undefined) return null
  const [least, most] = [Number(first), Number(last ?? first)]
  return least <= most ? { least, most } : null
}
