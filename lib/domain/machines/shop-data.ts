import type { Graph, Organization, Store } from 'schema-dts'
import type { Shop } from '@/lib/domain/settings/shop'
import type { CollectionPoint } from '@/lib/domain/stock/place'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** The shop and its locations as schema.org describes them, for its home page. */
export function shopData(shop: Shop, places: readonly CollectionPoint[], origin: URL): Graph {
  const id = new URL('/#shop', origin).href
  const organization: Organization = {
    '@type': 'OnlineStore',
    '@id': id,
    name: shop.name,
    url: origin.href,
    ...(shop.description && { description: shop.description }),
    ...(shop.email && { email: shop.email }),
    ...(shop.phone && { telephone: shop.phone }),
    ...(shop.address && { address: shop.address }),
    ...(shop.tax_number && { vatID: shop.tax_number }),
  }
  return {
    '@context': 'https://schema.org',
    '@graph': [
      organization,
      { '@type': 'WebSite', name: shop.name, url: origin.href, publisher: { '@id': id } },
      ...places.map((place) => storeOf(place, shop, id)),
    ],
  }
}

function storeOf({ name, address, hours }: CollectionPoint, shop: Shop, id: string): Store {
  return {
    '@type': 'Store',
    name: [shop.name, name].filter(Boolean).join(', '),
    address,
    parentOrganization: { '@id': id },
    openingHoursSpecification: hours.map(({ day, from, to }) => ({
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: `https://schema.org/${days[day - 1] ?? 'Monday'}`,
      opens: from,
      closes: to,
    })),
  }
}
