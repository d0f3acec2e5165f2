import type { Route } from 'next'
import { units } from '@/components/staff/shell/words'
import { Columns } from '@/components/ui/layout/columns'
import { LineItem } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { type HoldDesk, networkLabel } from '@/lib/domain/holds/hold-desk'
import { BlockForm } from './block-form'
import { guestWords, holderSumsWords } from './words'

/** How much each network and each guest holds in all, the most first. Renders two `<section>`s. */
export function HolderSums({ desk, canBlock }: { desk: HoldDesk; canBlock: boolean }) {
  return (
    <Columns>
      <Section id="networks" title={holderSumsWords.networks} gap={3} atTop>
        {desk.networks.length === 0 && (
          <Text size="small" tone="soft">
            {holderSumsWords.noNetworkIsKnown}
          </Text>
        )}
        <ul>
          {desk.networks.map(({ network, units: held, guests }) => (
            <LineItem key={network} layout="row" room="tight">
              <TextLink tone="link" isTall href={`/staff/holds?network=${network}` as Route}>
                {holderSumsWords.network} {networkLabel(network)}
              </TextLink>
              <Text as="span" figures>
                {units(held)}, {guests === 1 ? '1 guest' : holderSumsWords.guests(guests)}
              </Text>
              {canBlock && (
                <BlockForm
                  name="network"
                  value={network}
                  label={holderSumsWords.network2(networkLabel(network))}
                />
              )}
            </LineItem>
          ))}
        </ul>
      </Section>
      <Section id="guests" title={holderSumsWords.guestsAndAccounts} gap={3} atTop>
        {desk.guests.length === 0 && (
          <Text size="small" tone="soft">
            {holderSumsWords.noGuestHoldsUnits}
          </Text>
        )}
        <ul>
          {desk.guests.map((guest) => (
            <LineItem key={guest.cart_id} layout="row" room="tight">
              <TextLink tone="link" isTall href={`/staff/holds?cart=${guest.cart_id}` as Route}>
                <span className="inline-block first-letter:uppercase">{guestWords(guest)}</span>
              </TextLink>
              <Text as="span" figures>
                {units(guest.units)},{' '}
                {guest.variants === 1 ? '1 variant' : holderSumsWords.variants(guest.variants)}
              </Text>
              {canBlock && <BlockForm name="cart_id" value={guest.cart_id} label={guestWords(guest)} />}
            </LineItem>
          ))}
        </ul>
      </Section>
    </Columns>
  )
}
