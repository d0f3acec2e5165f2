import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { Category } from '@/lib/domain/products/product'
import { groupedHours } from '@/lib/domain/settings/hours'
import type { Shop } from '@/lib/domain/settings/shop'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { Wordmark } from './wordmark'
import { dayWords, siteFooterWords } from './words'

/** The foot of every shop page: categories, addresses, the staff entrance. Renders a `<footer>`. */
export function SiteFooter({
  shop,
  categories,
  places,
}: {
  shop: Shop
  categories: readonly Category[]
  places: readonly CollectionPoint[]
}) {
  return (
    <footer className="mt-24 bg-sunken pt-16 pb-8 tablet:mt-36">
      <div className="page grid gap-12 tablet:grid-cols-2 desktop:grid-cols-4">
        <div className="tablet:col-span-2">
          <p className="text-heading">
            <Wordmark name={shop.name} />
          </p>
          {shop.line && <p className="mt-3 max-w-prose text-soft">{shop.line}.</p>}
        </div>
        <nav aria-label={siteFooterWords.allCategories} hidden={categories.length === 0}>
          <Heading level={2} size="plain">
            {siteFooterWords.categories}
          </Heading>
          <ul className="mt-3 grid gap-1">
            {categories.map(({ slug, title }) => (
              <li key={slug}>
                <TextLink href={`/category/${slug}`}>{title}</TextLink>
              </li>
            ))}
          </ul>
        </nav>
        {places.length > 0 && (
          <address className="not-italic">
            <Heading level={2} size="plain">
              {siteFooterWords.ourLocations}
            </Heading>
            <dl className="mt-3 grid gap-3">
              {places.map(({ name, address, hours, hours_note }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <Text as="dd" tone="soft">
                    {address}
                  </Text>
                  {groupedHours(hours).map(({ first, last, written }) => (
                    <Text as="dd" size="small" tone="soft" figures key={first}>
                      {dayWords(first, last)} {written}
                    </Text>
                  ))}
                  {hours_note && (
                    <Text as="dd" size="small" tone="soft">
                      {hours_note}
                    </Text>
                  )}
                </div>
              ))}
            </dl>
          </address>
        )}
      </div>
      <div className="page mt-16 flex flex-wrap justify-between gap-x-8 gap-y-2 border-line border-t pt-6 text-fine text-soft">
        <p>{[shop.name, shop.email, shop.phone, shop.tax_number].filter(Boolean).join(' · ')}</p>
        <TextLink href="/staff">{siteFooterWords.staffEntrance}</TextLink>
      </div>
    </footer>
  )
}
