import type { Sql } from 'postgres'
import type { Answer } from '@/tests/kernel/history/call'
import type { World } from '@/tests/kernel/history/world'
import { aGuest, type Cart } from '@/tests/support/shop/shopping'
import type { Done } from './check'

/** Units wanted per variant, as text that two carts can be compared by. */
type Lines = string
const EMPTY: Lines = ''

/**
 * Every cart's calls, in the order the shop did them, lead from one answer to the next: nothing else ever changed it, a
 * refused call least of all, and every order is exactly what its cart held when it was placed.
 */
export async function cartFaults(sql: Sql, world: World, done: Done[]): Promise<string[]> {
  const ordered = await ordersByCart(sql, done)
  const faults: string[] = []
  for (const { token } of world.shoppers) {
    const told = answersOf(token, done)
    const orders = ordered.get(token) ?? []
    /** An order was placed in between if the cart was just what that order has. */
    const wasOrdered = (lines: Lines) => {
      const which = orders.indexOf(lines)
      if (lines !== EMPTY && which >= 0) orders.splice(which, 1)
      return lines !== EMPTY && which >= 0
    }
    let lines = EMPTY
    for (const { entry, after } of told) {
      const isNext = after === changed(lines, entry) || (after === changed(EMPTY, entry) && wasOrdered(lines))
      if (!isNext) faults.push(`cart ${token}: ${entry.operation} led from {${lines}} to {${after}}`)
      lines = after
    }
    const end = linesOf(await aGuest(sql, token).cart())
    if (end !== lines && !(end === EMPTY && wasOrdered(lines)))
      faults.push(`cart ${token} was left with {${lines}} and has {${end}}`)
    for (const order of orders) faults.push(`cart ${token} never held what was ordered from it: {${order}}`)
  }
  return faults
}

/** The responses this cart's owner got, oldest first: its row is locked while a call reads the clock. */
function answersOf(token: string, done: Done[]): { entry: Done; after: Lines }[] {
  return done
    .filter(({ about, operation }) => about.cart === token && operation !== 'place_order')
    .flatMap((entry) => {
      const answers = new Map(
        entry.outcome.answers.filter(isCart).map((answer) => [instant(answer), answer as Cart & Answer]),
      )
      return [...answers].map(([now, cart]) => ({ entry, now, after: linesOf(cart) }))
    })
    .filter(({ entry, after }) => entry.operation !== 'extend_hold' || after !== EMPTY)
    .sort((one, other) => (one.now < other.now ? -1 : 1))
}

/** A repeated request may have been refused: another check reports that. */
const isCart = (answer: Answer) => 'lines' in answer

/** To the microsecond, which a Date would lose. */
function instant({ now }: Answer): string {
  const [whole = '', fraction = ''] = String(now).split(/[.+]/)
  return `${whole}.${fraction.padEnd(6, '0')}`
}

/** The cart a call leaves behind when it finds this one. */
function changed(lines: Lines, { about: { line } }: Done): Lines {
  if (!line) return lines
  const units = new Map(lines ? lines.split(' ').map((one) => one.split('=') as [string, string]) : [])
  const left = line.by === null ? 0 : Number(units.get(line.variantId) ?? 0) + line.by
  if (left > 0) units.set(line.variantId, String(left))
  else units.delete(line.variantId)
  return text(units)
}

const linesOf = (cart: Cart): Lines => text(cart.lines.map((line) => [line.variant_id, line.quantity]))

const text = (units: Iterable<readonly [string, number | string]>): Lines =>
  [...units]
    .map(([variantId, quantity]) => `${variantId}=${quantity}`)
    .sort()
    .join(' ')

async function ordersByCart(sql: Sql, done: Done[]): Promise<Map<string, Lines[]>> {
  const placed = done.filter(({ operation }) => operation === 'place_order')
  const ids = placed.map(({ outcome }) => String(outcome.answers[0]?.order_id))
  const items =
    await sql`select order_id, variant_id, quantity from public.order_items where order_id = any (${ids}::uuid[])`
  const byOrder = Map.groupBy(items, (item) => item.order_id as string)
  const byCart = new Map<string, Lines[]>()
  for (const [n, { about }] of placed.entries()) {
    const order = text((byOrder.get(ids[n] ?? '') ?? []).map((item) => [item.variant_id, item.quantity]))
    byCart.set(String(about.cart), [...(byCart.get(String(about.cart)) ?? []), order])
  }
  return byCart
}
