import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { roleWords, units } from './words'

/** A refusal as it is said to a colleague: what happened, and what can be done now. One entry per code. */
export function refusalWords(refusal: Refusal, locations: readonly Location[]): string {
  switch (refusal.code) {
    case 'signed_out':
      return 'You are signed out, so nothing was booked. Sign in again in another window, then repeat this.'
    case 'role_required':
      return `Nothing was booked: this takes the role of a ${roleWords[refusal.detail.role]}. A manager can give it to you.`
    case 'location_not_yours':
      return `Nothing was booked: you may not change stock at ${placeWords(refusal.detail.location_id, locations)}. A manager can give you the right.`
    case 'invalid_input':
      return inputWords(refusal.detail)
    case 'not_found':
      return 'This variant or location no longer exists, so nothing was booked. Reload the page.'
    case 'insufficient_stock':
      return refusal.detail.short.map((line) => shortWords(line, locations)).join(' ')
    case 'stock_moved':
      return `You expected ${refusal.detail.expected}, but it is ${refusal.detail.on_hand} now. Nothing was booked.`
    case 'already_undone':
      return 'This was taken back already. Nothing is left to undo.'
    case 'count_closed':
      return `Count ${refusal.detail.number} is ${refusal.detail.status}, so nothing was booked. Start another count.`
    case 'count_unsettled':
      return unsettledWords(refusal.detail.lines)
    case 'delivery_closed':
      return 'This delivery is closed, so nothing was booked. Book what came as a delivery of its own.'
    case 'delivery_over':
      return `${units(refusal.detail.lines.reduce((sum, line) => sum + line.quantity, 0))} more than was announced. Nothing was booked: choose why more came, or receive fewer.`
    case 'delivery_short':
      return 'Nothing was changed: say for each line that is short what became of it.'
    case 'idempotency_key_reused':
      return 'This was already sent with other numbers. Reload the page and try again.'
    case 'busy':
      return 'The database is busy, so nothing was saved. Try again in a few seconds.'
    case 'read_only':
      return 'The database takes no changes right now, so nothing was saved. Reading still works. Check its disk space and quota.'
    case 'ledger_is_append_only':
      return 'A movement cannot be changed. Book another one that corrects it.'
    case 'order_not_open':
      return `The order is ${refusal.detail.status.replace('_', ' ')}, so nothing was booked. Reload the page.`
    case 'not_allocated_here':
      return 'Fewer units of this order are committed at this location, so nothing was handed over.'
    case 'not_handed_over':
      return 'More would come back than was handed over, so nothing was booked.'
    case 'return_decided':
      return 'A colleague has decided about this return already, so nothing was booked. Reload the page.'
    case 'order_claimed':
      return `${refusal.detail.picker || 'Somebody'} is picking this order, so nothing was booked. Take another one.`
    case 'not_on_order':
      return `“${refusal.detail.code}” is not part of this order. Put it back.`
    case 'ambiguous_code':
      return `More than one product has the code “${refusal.detail.code}”. Choose one. Nothing was saved yet.`
    case 'nothing_to_pick':
      return nothingToPickWords(refusal.detail)
    case 'too_many_requests':
      return 'Too many requests at once, so nothing was saved. Wait a minute and try again.'
    case 'blocked':
      return 'Nothing was saved: this account is blocked. Ask a manager.'
    case 'hold_limit':
    case 'hold_paused':
    case 'proof_needed':
    case 'not_enough_left':
    case 'limit_reached':
    case 'cart_empty':
    case 'not_for_sale':
    case 'price_changed':
    case 'bad_signature':
      return 'The shop refused this order, so nothing was booked. Reload the page.'
    case 'product_moved':
      return 'A colleague has saved this product meanwhile, so nothing was saved. Compare both versions.'
    case 'import_applied':
      return 'This import has been applied already.'
    case 'import_changed':
      return 'The catalogue or the stock moved since the preview. Look at the differences again.'
    case 'import_conflict':
      return 'Some lines contradict the catalogue. Nothing was imported.'
    case 'colleague_exists':
      return existsWords(refusal.detail)
    case 'colleague_changed':
      return 'Somebody changed this colleague since you looked, so nothing was changed now. This is how it is; decide again.'
    case 'last_manager':
      return 'Nothing was changed: the shop would be left without a manager. Make somebody else a manager first.'
    case 'own_access':
      return 'You would take the role of a manager from yourself, and could not give it back. Confirm it if you are sure.'
    case 'invitation_closed':
      return `This invitation ${closedWords[refusal.detail.status]}. A manager can make another link.`
    case 'invitation_for_other':
      return `The invitation is for ${refusal.detail.email}. Sign out, then use that address.`
  }
}

const closedWords = {
  accepted: 'was accepted already',
  revoked: 'was taken back',
  expired: 'is older than seven days',
}

function existsWords({ email, active }: { email: string; active: boolean | null }): string {
  if (active === null) return `${email} is invited already. Make a new link for that invitation instead.`
  if (active) return `${email} works here already.`
  return `${email} worked here before. Open their page and let them in again.`
}

function placeWords(id: string | null, locations: readonly Location[]): string {
  return locations.find((location) => location.id === id)?.name ?? 'this location'
}

function shortWords(
  { location_id, available }: { location_id: string; available: number },
  locations: readonly Location[],
): string {
  const place = placeWords(location_id, locations)
  if (available === 0) return `Nothing was booked: at ${place} no unit is free to take.`
  return `Nothing was booked: at ${place} only ${units(available)} ${available === 1 ? 'is' : 'are'} free to take. Take fewer.`
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
  if (wanted < 0) return `${units(left)} of ${title} can be put back here, no more.`
  if (left === 0) return `All of ${title} that comes from here is picked.`
  return `Only ${units(left)} of ${title} ${left === 1 ? 'is' : 'are'} left to pick here.`
}

function unsettledWords(lines: readonly { open: number; settles_in_ms: number }[]): string {
  const open = lines.reduce((sum, line) => sum + line.open, 0)
  if (open > 0)
    return `Nothing was booked: ${open === 1 ? 'one movement' : `${open} movements`} close to a count wait for an answer. Answer, or leave those lines out.`
  const seconds = Math.ceil(Math.max(...lines.map((line) => line.settles_in_ms)) / 1000)
  return `Nothing was booked: the last line settles in ${seconds} s. Then approve again.`
}

const fieldWords: Record<string, string> = {
  delta: 'Type how many units came or went, such as +3 or −2.',
  counted: 'Type how many you counted: a whole number from 0.',
  units: 'Type how many you counted: a whole number from 0.',
  shelf: 'Choose a category or name a shelf, not both.',
  quantity: 'Type how many units: a whole number from 1.',
  document: 'Type the number of the delivery note.',
  reason: 'Choose a reason.',
  lines: 'Add at least one line with a SKU and a quantity.',
  supplier: 'Say who sends it.',
  to_location_id: 'Choose two different locations. Nothing was moved.',
}

function inputWords({ field, problem, value }: { field: string; problem: string; value?: unknown }): string {
  const line = /^lines\[(\d+)\](?:\.(\w+))?$/.exec(field)
  if (field === 'code' && value)
    return `No variant has the SKU or barcode “${String(value)}”. Nothing was counted.`
  if (!line) return fieldWords[field] ?? `${field}: ${problem}. Nothing was booked.`
  const where = `Line ${Number(line[1]) + 1}`
  if (line[2] === 'code' && value)
    return `${where}: no variant has the SKU or barcode “${String(value)}”. Nothing was booked.`
  return `${where}: type a SKU or barcode and a whole number of units from 1. Nothing was booked.`
}
