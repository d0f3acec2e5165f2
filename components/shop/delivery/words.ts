import type { ReturnPolicy } from '@/lib/domain/machines/return-data'

/** The texts of delivery-facts.tsx. */
export const deliveryFactsWords = {
  delivery: (country: string | null) => (country ? `Delivery to ${country}` : 'Delivery'),
  free: 'Free',
  collection: 'Collection',
  returns: 'Returns',
  returnsWithin: ({ days, isFree }: ReturnPolicy) =>
    `Within ${days} ${days === 1 ? 'day' : 'days'}, ${isFree ? 'free' : 'at your cost'}`,
}
