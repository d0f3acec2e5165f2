import type { OfferShippingDetails } from 'schema-dts'
import { daysOf, type PromisedDelivery } from '@/lib/domain/checkout/delivery-offer'
import { moneyAsDecimal } from '@/lib/domain/core/money'

/** A delivery as schema.org describes it: the price and the days that the product page says. */
export function deliveryData({ country, price, estimate }: PromisedDelivery): OfferShippingDetails {
  const days = daysOf(estimate)
  return {
    '@type': 'OfferShippingDetails',
    shippingRate: {
      '@type': 'MonetaryAmount',
      value: Number(moneyAsDecimal(price)),
      currency: price.currency,
    },
    ...(country && { shippingDestination: { '@type': 'DefinedRegion', addressCountry: country } }),
    ...(days && {
      deliveryTime: {
        '@type': 'ShippingDeliveryTime',
        transitTime: {
          '@type': 'QuantitativeValue',
          minValue: days.least,
          maxValue: days.most,
          unitCode: 'DAY',
        },
      },
    }),
  }
}
