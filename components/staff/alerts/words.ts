import type { Route } from 'next'
import { units } from '@/components/staff/shell/words'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Alert } from '@/lib/domain/insight/alert'

/** The kind of an alert, in two or three words. */
export const kindWords: Record<Alert['kind'], string> = {
  unusual_pace: 'Unusual pace',
  no_document: 'Missing document',
  hoarding: 'Large cart hold',
  drift: 'Totals don’t add up',
  late_delivery: 'Late delivery',
}

/** The finding as a sentence, and its evidence when that has a page. */
export function evidenceOf(
  alert: Alert,
  names: Readonly<Record<string, string>>,
): { words: string; href: Route | null; link: string } {
  switch (alert.kind) {
    case 'unusual_pace': {
      const { variant, sold, since, usual } = alert.evidence
      return {
        words: `${called(variant)}: ${units(sold)} sold since ${shopTime(since)}. Usual: ${usual < 1 ? 'less than one' : usual}.`,
        href: `/staff/variants/${alert.variant_id}` as Route,
        link: 'View stock and ledger',
      }
    }
    case 'no_document': {
      const { variant, units: moved, movements, actor, location_id } = alert.evidence
      const who = names[actor] ?? 'the system'
      return {
        words: `${called(variant)}: ${moved > 0 ? '+' : '−'}${units(Math.abs(moved))} by ${movements === 1 ? 'a movement' : `${movements} movements`} without a reference or note, last by ${who}.`,
        href: explained(alert.variant_id, location_id, 'on_hand'),
        link: 'View movements',
      }
    }
    case 'hoarding': {
      const { variant, held, left, until, carts } = alert.evidence
      const where = variant ? called(variant) : 'Whole shop'
      const holder = carts === 1 ? 'one cart holds' : `${carts} carts of one network hold`
      return {
        words: `${where}: ${holder} ${units(held)} until ${shopTime(until)}. ${left === 0 ? 'None' : left} left for other shoppers.`,
        href: (alert.variant_id ? `/staff/holds?variant=${alert.variant_id}` : '/staff/holds') as Route,
        link: 'View holds',
      }
    }
    case 'drift': {
      const { variant, aggregate, rows, expected, actual } = alert.evidence
      return {
        words: `${variant ? `${called(variant)}: ` : ''}${aggregate} says ${JSON.stringify(actual)}, and adds up to ${JSON.stringify(expected)}${rows > 1 ? `; ${rows - 1} more like it` : ''}.`,
        href: alert.variant_id ? (`/staff/variants/${alert.variant_id}` as Route) : null,
        link: 'View stock and ledger',
      }
    }
    case 'late_delivery': {
      const { number, supplier, from_location_id, expected_on, outstanding } = alert.evidence
      return {
        words: `${from_location_id ? 'Transfer' : 'Delivery'} ${number}${supplier ? ` from ${supplier}` : ''} was expected on ${day.format(new Date(expected_on))}; ${units(outstanding)} have not come.`,
        href: `/staff/receive/${alert.delivery_id}` as Route,
        link: 'View delivery',
      }
    }
  }
}

/** A calendar day, which has no time zone. */
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' })

function called({ title, option_values }: { title: string; option_values: readonly string[] }): string {
  return [title, ...option_values].join(', ')
}

function explained(variantId: string | null, locationId: string, quantity: 'on_hand'): Route {
  return `/staff/variants/${variantId}/explain?location=${locationId}&quantity=${quantity}` as Route
}

/** The owner of an alert, and its snooze time. */
export function careWords(alert: Alert, me: string, names: Readonly<Record<string, string>>): string {
  const { owner, snoozed_until, acknowledged_at } = alert
  const name = owner === me ? 'You own' : `${names[owner ?? ''] ?? 'A staff member'} owns`
  const care = owner ? `${name} this alert` : acknowledged_at ? 'Seen, unassigned' : 'Unassigned'
  return snoozed_until ? `${care}, snoozed until ${shopTime(snoozed_until)}` : care
}

export const snoozeWords: Record<1 | 24 | 168, string> = { 1: 'an hour', 24: 'a day', 168: 'a week' }

/** The texts of alert-item.tsx. */
export const alertItemWords = {
  since: 'since',
  takeAlert: (text: string | number) => `Take alert: ${text}`,
  takeAlert2: 'Take alert',
  assignOrSnooze: 'Assign or snooze',
  assign: (text: string | number) => `Assign: ${text}`,
  staffMember: 'Staff member',
  assign2: 'Assign',
  snooze: (text: string | number) => `Snooze: ${text}`,
  snoozeFor: 'Snooze for',
  snooze2: 'Snooze',
}

/** The texts of alert-list.tsx. */
export const alertListWords = {
  noOpenAlerts: 'No open alerts.',
  n1OpenAlert: '1 open alert.',
  openAlerts: (due: string | number) => `${due} open alerts.`,
}
