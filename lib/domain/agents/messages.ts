import type { Refusal } from '@/lib/domain/core/refusal'
import { stillPossible } from '@/lib/domain/forms/still-possible'
import type { AlternativeNote } from './stock-note'
import { agentWords as words } from './words'

export type Severity = 'recoverable' | 'requires_buyer_input' | 'requires_buyer_review' | 'unrecoverable'

/** A message of the protocol. `stock` says what can be done now where units are short. */
export interface Message {
  type: 'error' | 'warning'
  code: string
  content: string
  severity?: Severity
  path?: string
  stock?: AlternativeNote
}

export function errorMessage(
  code: string,
  content: string,
  { path, severity = 'recoverable' }: { path?: string; severity?: Severity } = {},
): Message {
  return { type: 'error', code, content, severity, ...(path && { path }) }
}

/** How the holding of one line went. `got` are the units that are held of it now. */
export interface HeldLine {
  id: string
  wanted: number
  got: number
  refusal: Refusal | null
}

/**
 * The message about a line that got fewer units than were asked for; null for one that got all.
 *
 * @param place where the line is in the answer; null where it is not in it.
 */
export function lineMessage(line: HeldLine, place: number | null, note: AlternativeNote): Message | null {
  const { wanted, got, refusal } = line
  if (got >= wanted) return null
  const path = place === null ? '$.line_items' : `$.line_items[${place}].quantity`
  if (got > 0 && refusal?.code === 'not_enough_left')
    return {
      type: 'warning',
      code: 'quantity_adjusted',
      content: words.fewer(wanted, got),
      path,
      stock: note,
    }
  const { code, content } = reasonOf(refusal)
  const stock = code === 'out_of_stock' ? { stock: note } : {}
  if (got > 0) return { type: 'warning', code: 'quantity_adjusted', content, path }
  return { ...errorMessage(code, content, { path }), ...stock }
}

function reasonOf(refusal: Refusal | null): { code: string; content: string } {
  switch (refusal?.code) {
    case 'not_enough_left':
      return {
        code: 'out_of_stock',
        content: refusal.detail.short.every(({ left }) => left === 0) ? words.soldOut : words.notThatMany,
      }
    case 'limit_reached':
      return { code: 'quantity_limit', content: words.limitPerPerson(refusal.detail.limit) }
    case 'hold_limit':
      return {
        code: 'quantity_limit',
        content: refusal.detail.at_most === null ? words.notReserved : words.atMost(refusal.detail.at_most),
      }
    case 'hold_paused':
      return { code: 'hold_paused', content: words.paused }
    default:
      return { code: 'item_unavailable', content: words.notForSale }
  }
}

const few = 10

/**
 * How many units to ask for after this refusal; 0: none.
 *
 * @param held those that the line has already.
 */
export function fewerAfter(refusal: Refusal, asked: number, held: number): number {
  if (refusal.code === 'not_enough_left') {
    const [line] = refusal.detail.short
    return line ? Math.min(stillPossible(line, asked), asked - 1) : 0
  }
  if (refusal.code === 'limit_reached') {
    const { limit, bought, wanted } = refusal.detail
    return Math.max(0, limit - bought - (wanted - asked))
  }
  if (refusal.code === 'hold_limit') {
    // The limit of a network does not tell its number: then a few are asked for.
    const most = Math.max(0, (refusal.detail.at_most ?? few) - held)
    return asked > most ? most : 0
  }
  return 0
}
