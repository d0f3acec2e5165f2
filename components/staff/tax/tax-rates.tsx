import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { setTaxRate } from '@/lib/actions/staff/delivery'
import { countryCodes } from '@/lib/domain/checkout/countries'
import { countryName, namedCountries } from '@/lib/domain/checkout/country-name'
import type { TaxRate } from '@/lib/domain/checkout/tax-rate'
import { percent } from '@/lib/domain/text/percent'
import { TaxRateForm } from './tax-rate-form'
import { taxRatesWords as words } from './words'

/** The tax rates by country and category; managers change them. Renders a `<section>`. */
export function TaxRates({
  rates,
  categories,
  mayChange,
}: {
  rates: readonly TaxRate[]
  categories: readonly { slug: string; title: string }[]
  mayChange: boolean
}) {
  const titles = new Map(categories.map(({ slug, title }) => [slug, title]))
  return (
    <Section id="rates" title={words.rates} gap={4}>
      {rates.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <Text size="small" tone="soft" prose>
          {words.order}
        </Text>
      )}
      <LineList>
        {rates.map((rate) => {
          const name = [
            rate.country === null ? words.allCountries : countryName(rate.country),
            rate.category === null ? words.allCategories : (titles.get(rate.category) ?? rate.category),
          ].join(', ')
          return (
            <LineItem key={rate.id} layout="spread">
              <span>
                {name}:{' '}
                <Text as="span" figures>
                  {percent(rate.rate_bp)}
                </Text>
              </span>
              {mayChange && (
                <ActionForm
                  action={setTaxRate}
                  fields={{ country: rate.country ?? '', category: rate.category ?? '', remove: 1 }}
                  done={words.removed}
                >
                  <Button>
                    {words.remove}
                    <VisuallyHidden> {name}</VisuallyHidden>
                  </Button>
                </ActionForm>
              )}
            </LineItem>
          )
        })}
      </LineList>
      {mayChange && (
        <TaxRateForm key={rates.length} categories={categories} countries={namedCountries(countryCodes)} />
      )}
    </Section>
  )
}
