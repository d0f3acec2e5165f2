import { reasonWords, units } from '@/components/staff/shell/words'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Part, Quantity } from '@/lib/domain/stock/explanation'
import type { Location } from '@/lib/domain/stock/place'

export const quantityWords: Record<Quantity, string> = {
  on_hand: 'On hand',
  held: 'Held',
  committed: 'Committed',
  safety: 'Safety stock',
  available: 'Available',
}

/** The meaning of each quantity. */
export const meaningOf: Record<Quantity, string> = {
  on_hand: 'Units physically at the location.',
  held: 'Units held for carts and unpaid orders until their time runs out.',
  committed: 'Units allocated to placed orders and not fulfilled yet.',
  safety: 'Units kept as safety stock and not sold online.',
  available: 'Units for sale: on hand minus held, committed and safety stock.',
}

/** Names that the texts may need. */
export interface Known {
  locations: readonly Location[]
  names: Readonly<Record<string, string>>
  currency: string
  /** When the answer was read. */
  askedAt: string
}

/** One part in words: what it is, and what else is known of it. */
export function partWords(part: Part, known: Known): { what: string; more: string[] } {
  switch (part.kind) {
    case 'movement': {
      const other = known.locations.find(({ id }) => id === part.other_location_id)?.name
      const towards = other && (part.units < 0 ? ` to ${other}` : ` from ${other}`)
      return {
        what: `${reasonWords[part.reason]}${towards ?? ''}${part.document ? `, ${part.document}` : ''}`,
        more: [part.note ?? '', known.names[part.actor] ?? 'The system', shopTime(part.at)].filter(Boolean),
      }
    }
    case 'earlier':
      return {
        what: `${part.movements} earlier ${part.movements === 1 ? 'movement' : 'movements'}`,
        more: [`until ${shopTime(part.at)}`],
      }
    case 'hold':
      return {
        what: 'A cart',
        more: [
          part.since ? `for ${span(part.since, known.askedAt)}` : '',
          part.cart_value_minor === null || part.cart_units === null
            ? ''
            : `${units(part.cart_units)} worth ${formatMoney({ minor: part.cart_value_minor, currency: known.currency })} in it`,
          endOf(part.expires_at, known.askedAt),
        ].filter(Boolean),
      }
    case 'order':
      return {
        what: `Order ${part.number}, ${part.name}`,
        more: [
          part.status.replace('_', ' '),
          part.since ? `since ${shopTime(part.since)}` : '',
          endOf(part.expires_at, known.askedAt),
        ].filter(Boolean),
      }
    case 'kept_back':
      return { what: 'Safety stock', more: [] }
    case 'quantity':
      return { what: quantityWords[part.quantity], more: [] }
  }
}

/** An expired hold counts until its units are needed. */
function endOf(expiresAt: string | null, askedAt: string): string {
  if (!expiresAt) return ''
  return Date.parse(expiresAt) <= Date.parse(askedAt)
    ? `expired ${span(expiresAt, askedAt)} ago, released when needed`
    : `ends in ${span(askedAt, expiresAt)}`
}

/** "under a minute", "12 min", "3 h", "2 days". */
function span(from: string, to: string): string {
  const minutes = Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`
  return `${Math.floor(minutes / (24 * 60))} days`
}

/** The texts of explain-dialog.tsx. */
export const explainDialogWords = {
  close: 'Close',
  weCouldntLoadThisClose: 'We couldn’t load this. Close it and try again.',
}

/** The texts of explanation-view.tsx. */
export const explanationViewWords = {
  how: 'How',
  isCalculated: 'is calculated',
  none: 'None.',
  on: (time: string | number) => `on ${time}`,
  thesePartsDontAddUp: 'These parts don’t add up. Don’t change this stock, and tell a manager.',
  earlierTime: 'Earlier time',
  viewStockAtShopTime: 'View stock at (shop time)',
  viewEarlierStock: 'View earlier stock',
  backToCurrentStock: 'Back to current stock',
  heldAndCommittedHistoryIs: 'Held and committed history is kept for 90 days, on-hand history permanently.',
}
