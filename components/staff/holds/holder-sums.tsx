import type { Route } from 'next'
import { units } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
import { type HoldDesk, networkLabel } from '@/lib/domain/holds/hold-desk'
import { BlockForm } from './block-form'
import { guestWords, holderSumsWords } from './words'

/** How much each network and each guest holds in all, the most first. Renders two `<section>`s. */
export function HolderSums({ desk, canBlock }: { desk: HoldDesk; canBlock: boolean }) {
  const row = 'flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-b py-2 text-small'
  return (
    <div className="grid gap-8 desktop:grid-cols-2">
      <section aria-labelledby="networks" className="grid content-start gap-3">
        <h2 id="networks" className="display text-title">
          {holderSumsWords.networks}
        </h2>
        {desk.networks.length === 0 && (
          <p className="text-small text-soft">{holderSumsWords.noNetworkIsKnown}</p>
        )}
        <ul>
          {desk.networks.map(({ network, units: held, guests }) => (
            <li key={network} className={row}>
              <Link
                href={`/staff/holds?network=${network}` as Route}
                className="underlined min-h-6 text-link"
              >
                {holderSumsWords.network} {networkLabel(network)}
              </Link>
              <span className="figures">
                {units(held)}, {guests === 1 ? '1 guest' : holderSumsWords.guests(guests)}
              </span>
              {canBlock && (
                <BlockForm
                  name="network"
                  value={network}
                  label={holderSumsWords.network2(networkLabel(network))}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="guests" className="grid content-start gap-3">
        <h2 id="guests" className="display text-title">
          {holderSumsWords.guestsAndAccounts}
        </h2>
        {desk.guests.length === 0 && (
          <p className="text-small text-soft">{holderSumsWords.noGuestHoldsUnits}</p>
        )}
        <ul>
          {desk.guests.map((guest) => (
            <li key={guest.cart_id} className={row}>
              <Link
                href={`/staff/holds?cart=${guest.cart_id}` as Route}
                className="underlined min-h-6 text-link"
              >
                <span className="inline-block first-letter:uppercase">{guestWords(guest)}</span>
              </Link>
              <span className="figures">
                {units(guest.units)},{' '}
                {guest.variants === 1 ? '1 variant' : holderSumsWords.variants(guest.variants)}
              </span>
              {canBlock && <BlockForm name="cart_id" value={guest.cart_id} label={guestWords(guest)} />}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
