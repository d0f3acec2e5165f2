import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { removeDeliveryZone } from '@/lib/actions/staff/delivery'
import { countryName } from '@/lib/domain/checkout/country-name'
import type { DeliveryZone } from '@/lib/domain/checkout/delivery-zone'
import { formatMoney } from '@/lib/domain/core/money'
import { zoneListWords as words } from './words'
import { ZoneForm } from './zone-form'

/** The delivery zones with their rates; managers change them. Renders a `<section>`. */
export function ZoneList({
  zones,
  currency,
  mayChange,
}: {
  zones: readonly DeliveryZone[]
  currency: string
  mayChange: boolean
}) {
  return (
    <Section id="zones" title={words.zones} gap={3}>
      {zones.length === 0 && <EmptyState>{words.none}</EmptyState>}
      <LineList>
        {zones.map((zone) => (
          <LineItem key={zone.id}>
            <ZoneFacts zone={zone} currency={currency} />
            {mayChange && (
              <Disclosure summary={words.change(zone.name)} look="inline">
                <ZoneForm zone={zone} currency={currency} />
                <ActionForm
                  action={removeDeliveryZone}
                  fields={{ zone_id: zone.id, expected_version: zone.version }}
                  done={words.removed}
                >
                  {zones.length === 1 && <Text size="small">{words.removeLast}</Text>}
                  <Button>
                    {words.remove}
                    <VisuallyHidden> {zone.name}</VisuallyHidden>
                  </Button>
                </ActionForm>
              </Disclosure>
            )}
          </LineItem>
        ))}
      </LineList>
      {zones.length > 0 && (
        <Text size="small" tone="soft">
          {words.others}
        </Text>
      )}
      {mayChange && (
        <Disclosure summary={words.add} look="button" open={zones.length === 0}>
          <ZoneForm key={zones.length} zone={null} currency={currency} />
        </Disclosure>
      )}
    </Section>
  )
}

function ZoneFacts({ zone, currency }: { zone: DeliveryZone; currency: string }) {
  const money = (minor: number) => formatMoney({ minor, currency })
  const rates = zone.rates_minor.map((minor, line) => {
    const from = zone.rates_from_minor[line] ?? 0
    return `${minor === 0 ? words.free : money(minor)}${from > 0 ? ` ${words.from(money(from))}` : ''}`
  })
  return (
    <>
      <Text weight="medium">{zone.name}</Text>
      <Text size="small" figures>
        {[rates.join(', '), zone.estimate].filter(Boolean).join(' · ')}
      </Text>
      <Text size="small" tone="soft">
        {zone.countries.map(countryName).join(', ')}
        {' · '}
        {zone.postcodes.length === 0 ? words.allPostcodes : words.postcodes(zone.postcodes.join(', '))}
      </Text>
    </>
  )
}
