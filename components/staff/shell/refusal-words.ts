import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { roleWords, units } from './words'

/** A refusal as staff read it: its reason and the next step. One entry per code. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one entry per error code, read as a table.
export function refusalWords(refusal: Refusal, locations: readonly Location[]): string {
  switch (refusal.code) {
    case 'signed_out':
      return 'You are signed out, so nothing was saved. Sign in again in another tab, then try again.'
    case 'role_required':
      return `Nothing was saved: you must be a ${roleWords[refusal.detail.role]}. Ask a manager for access.`
    case 'location_not_yours':
      return `Nothing was saved: you can’t change stock at ${placeWords(refusal.detail.location_id, locations)}. Ask a manager for access.`
    case 'invalid_input':
      return inputWords(refusal.detail)
    case 'not_found':
      return 'This item or location no longer exists, so nothing was saved. Reload the page.'
    case 'insufficient_stock':
      return refusal.detail.short.map((line) => shortWords(line, locations)).join(' ')
    case 'stock_moved':
      return `Nothing was saved: stock changed from ${refusal.detail.expected} to ${refusal.detail.on_hand}. Count again.`
    case 'already_undone':
      return 'This change was already undone.'
    case 'count_closed':
      return `Count ${refusal.detail.number} is ${refusal.detail.status}, so nothing was saved. Start another count.`
    case 'count_unsettled':
      return unsettledWords(refusal.detail.lines)
    case 'delivery_closed':
      return 'This delivery is closed, so nothing was saved. Receive these units as an unannounced delivery.'
    case 'delivery_over':
      return `${units(refusal.detail.lines.reduce((sum, line) => sum + line.quantity, 0))} more than expected, so nothing was saved. Choose why more arrived, or receive fewer.`
    case 'delivery_short':
      return 'Nothing was saved: choose a reason for each short line.'
    case 'idempotency_key_reused':
      return 'This form was already sent with other values. Reload the page and try again.'
    case 'busy':
      return 'The database is busy, so nothing was saved. Try again in a few seconds.'
    case 'read_only':
      return 'The database is read-only, so nothing was saved. Check its disk space and quota.'
    case 'ledger_is_append_only':
      return 'Stock movements can’t be changed. Record a correction instead.'
    case 'order_not_open':
      return `The order is ${refusal.detail.status.replace('_', ' ')}, so nothing was saved. Reload the page.`
    case 'not_allocated_here':
      return 'This location has fewer units committed to this order, so nothing was saved. Reload the page.'
    case 'not_handed_over':
      return 'More units would be returned than were fulfilled, so nothing was saved. Enter fewer.'
    case 'return_decided':
      return 'This return was already inspected, so nothing was saved. Reload the page.'
    case 'order_claimed':
      return `${refusal.detail.picker || 'Another staff member'} is picking this order, so nothing was saved. Pick another order.`
    case 'not_on_order':
      return `“${refusal.detail.code}” is not part of this order. Put it back.`
    case 'ambiguous_code':
      return `More than one product has the code “${refusal.detail.code}”. Choose one. Nothing was saved yet.`
    case 'quantity_unlikely':
      return `Check the quantity ${refusal.detail.quantity}. Nothing was saved yet.`
    case 'discount_changed':
      return 'Another staff member changed this discount, so nothing was saved. Reload the page, then change it again.'
    case 'delivery_zone_changed':
      return 'Another staff member changed this zone, so nothing was saved. Reload the page, then change it again.'
    case 'nothing_to_pick':
      return nothingToPickWords(refusal.detail)
    case 'too_many_requests':
      return 'Too many requests at once, so nothing was saved. Wait a minute and try again.'
    case 'blocked':
      return 'Nothing was saved: this account is blocked. Ask a manager.'
    case 'cookies_blocked':
    case 'hold_limit':
    case 'hold_paused':
    case 'proof_needed':
    case 'not_enough_left':
    case 'limit_reached':
    case 'still_available':
    case 'waitlist_limit':
    case 'offer_ended':
    case 'cart_empty':
    case 'not_for_sale':
    case 'not_deliverable':
    case 'discount_refused':
    case 'price_changed':
    case 'bad_signature':
      return 'The order was refused, so nothing was saved. Reload the page.'
    case 'product_moved':
      return 'Another staff member changed this product, so nothing was saved. Compare both versions.'
    case 'settings_changed':
      return 'Another manager changed this page, so nothing was saved. Check it, then save again.'
    case 'name_taken':
      return `“${refusal.detail.name}” exists already, so nothing was saved. Choose another name.`
    case 'location_in_use':
      return inUseWords(refusal.detail)
    case 'category_in_use':
      return 'Products or counts use this category, so nothing was removed. Move the products first.'
    case 'list_changed':
      return 'The list changed in the meantime, so nothing was saved. Reload the page.'
    case 'currency_in_use':
      return `Products have prices in ${refusal.detail.currency}, so nothing was saved. Leave the currency as it is.`
    case 'import_applied':
      return 'This import was already applied.'
    case 'import_changed':
      return 'Products or stock changed since the preview. Check the changes again.'
    case 'import_conflict':
      return 'Some lines conflict with existing products. Nothing was imported.'
    case 'staff_member_exists':
      return existsWords(refusal.detail)
    case 'staff_member_changed':
      return 'Another manager changed this person, so nothing was saved. Check the current access, then try again.'
    case 'last_manager':
      return 'Nothing was saved: the shop needs at least one manager. Make another staff member a manager first.'
    case 'no_account':
      return 'No account has confirmed this e-mail address, so nothing was changed. Ask the customer to confirm it.'
    case 'own_access':
      return 'You would remove your own manager role and could not restore it. Confirm the change to continue.'
    case 'invitation_closed':
      return `This invitation ${closedWords[refusal.detail.status]}. Ask a manager for a new link.`
    case 'invitation_for_other':
      return `The invitation is for ${refusal.detail.email}. Sign out, then use that address.`
  }
}

/** The field of a form that a refusal is about, by its own name: `rates` of `zone.rates[1].minor`; null without one. */
export function refusedField(refusal: Refusal): string | null {
  if (refusal.code !== 'invalid_input') return null
  return refusal.detail.field.replace(/^(fields|zone|discount)\./, '').replace(/[.[].*$/s, '')
}

/** The words of a refusal in a form that has a sentence for each of its fields. */
export function fieldRefusalWords(refusal: Refusal, sentences: Readonly<Record<string, string>>): string {
  const sentence = sentences[refusedField(refusal) ?? '']
  return sentence ? `Nothing was saved. ${sentence}` : refusalWords(refusal, [])
}

function inUseWords(uses: Extract<Refusal, { code: 'location_in_use' }>['detail']): string {
  if (uses.is_last) return 'Nothing was saved: the shop needs at least one location. Add another one first.'
  const open = [
    uses.on_hand > 0 && `${units(uses.on_hand)} on hand`,
    uses.orders > 0 && `${uses.orders} open ${uses.orders === 1 ? 'order' : 'orders'} for collection`,
    uses.deliveries > 0 && `${uses.deliveries} open ${uses.deliveries === 1 ? 'delivery' : 'deliveries'}`,
    uses.counts > 0 && `${uses.counts} open ${uses.counts === 1 ? 'count' : 'counts'}`,
  ].filter((each) => each !== false)
  return `Nothing was saved: the location still has ${open.join(', ')}. Transfer the units and finish the rest first.`
}

const closedWords = {
  accepted: 'was already accepted',
  revoked: 'was cancelled',
  expired: 'has expired',
}

function existsWords({ email, active }: { email: string; active: boolean | null }): string {
  if (active === null) return `${email} is already invited. Create a new link for that invitation.`
  if (active) return `${email} is already a staff member.`
  return `${email} was a staff member before. Open their page and restore access.`
}

function placeWords(id: string | null, locations: readonly Location[]): string {
  return locations.find((location) => location.id === id)?.name ?? 'this location'
}

function shortWords(
  { location_id, available }: { location_id: string; available: number },
  locations: readonly Location[],
): string {
  const place = placeWords(location_id, locations)
  if (available === 0) return `Nothing was saved: ${place} has no available units.`
  return `Nothing was saved: ${place} has only ${units(available)} available. Enter fewer.`
}

function nothingToPickWords({
  title,
  wanted,
  left,
}: {
  title: string
  wanted: number
  left: number
}): string {
  if (wanted < 0) return `Only ${units(left)} of ${title} can be removed here.`
  if (left === 0) return `All units of ${title} at this location are picked.`
  return `Only ${units(left)} of ${title} ${left === 1 ? 'is' : 'are'} left to pick here.`
}

function unsettledWords(lines: readonly { open: number; settles_in_ms: number }[]): string {
  const open = lines.reduce((sum, line) => sum + line.open, 0)
  if (open > 0)
    return `Nothing was saved: ${open === 1 ? '1 question is' : `${open} questions are`} unanswered. Answer, or leave those lines out.`
  const seconds = Math.ceil(Math.max(...lines.map((line) => line.settles_in_ms)) / 1000)
  return `Nothing was saved: a line was counted a moment ago. Approve again in ${seconds} s.`
}

const fieldWords: Record<string, string> = {
  delta: 'Enter the change in units, such as +3 or −2.',
  counted: 'Enter the number you counted: a whole number from 0.',
  units: 'Enter the number you counted: a whole number from 0.',
  shelf: 'Choose a category or name a shelf, not both.',
  quantity: 'Enter the number of units: a whole number from 1.',
  document: 'Enter the delivery note number.',
  reason: 'Choose a reason.',
  lines: 'Add at least one line with a SKU and a quantity.',
  supplier: 'Enter the supplier.',
  parcel: 'The tracking of this order was changed 20 times already. Call the customer. Nothing was saved.',
  'parcel.carrier': 'Enter the carrier, at most 60 characters. Nothing was saved.',
  'parcel.tracking_number':
    'Enter the tracking number as it is on the label: 4 to 40 letters and digits. Nothing was saved.',
  to_location_id: 'Choose two different locations. Nothing was transferred.',
}

function inputWords({ field, problem, value }: { field: string; problem: string; value?: unknown }): string {
  const line = /^lines\[(\d+)\](?:\.(\w+))?$/.exec(field)
  if (field === 'code' && value)
    return `No variant has the SKU or barcode “${String(value)}”. Nothing was counted.`
  if (!line) return fieldWords[field] ?? `${field}: ${problem}. Nothing was saved.`
  const where = `Line ${Number(line[1]) + 1}`
  if (line[2] === 'code' && value)
    return `${where}: no variant has the SKU or barcode “${String(value)}”. Nothing was saved.`
  return `${where}: enter a SKU or barcode and a whole number of units from 1. Nothing was saved.`
}
