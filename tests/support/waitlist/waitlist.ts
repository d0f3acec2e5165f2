import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { actAs, actAsOwner, deliver, person, type Tx } from '@/tests/support/database'
import { takeDueMail } from '@/tests/support/mail/due-mail'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

type Db = Sql | Tx
export type Entry = { user_id: string | null; email: string; status: string; offered_until: Date | null }

/** The entries of a waitlist, in the order of their places. */
export async function entriesOf(db: Db, variantId: string): Promise<Entry[]> {
  const rows = await db<Entry[]>`select user_id, email, status::text, offered_until from private.waitlist
    where variant_id = ${variantId} order by place, id`
  return [...rows]
}

export const statusesOf = async (db: Db, variantId: string) =>
  (await entriesOf(db, variantId)).map(({ status }) => status)

/** Accounts join the waitlist, one after the other. */
export async function joinWaitlist(tx: Tx, variantId: string, people: number): Promise<string[]> {
  const accounts: string[] = []
  for (let n = 0; n < people; n++) {
    const account = await person(tx)
    await actAs(tx, account)
    await tx`select public.join_waitlist(${variantId}, ${randomUUID()})`
    await actAsOwner(tx)
    accounts.push(account.userId ?? '')
  }
  return accounts
}

/** A sold-out variant with so many people on its waitlist. */
export async function soldOut(tx: Tx, people: number) {
  const shop = await stockedVariant(tx, 0)
  await joinWaitlist(tx, shop.variantId, people)
  return shop
}

/** A visitor without an offer cannot hold a unit. */
export const cannotBuy = (tx: Tx, variantId: string) =>
  expect(tx.savepoint((nested) => aGuest(nested).hold(variantId))).rejects.toThrow('not_enough_left')

/** Asks as a guest, for whom the shop's server speaks. */
export async function askAsGuest(db: Db, variantId: string, email: string, network: string | null = null) {
  const [row] =
    await db`select public.join_waitlist(${variantId}, ${randomUUID()}, ${email}, ${network}) as answer`
  return row?.answer as { is_confirmed: boolean }
}

export type Message = { kind: string; account?: { to: string; token: string; variant_id?: string } }

/** The e-mails about waitlists of these variants that are due now. Taking them makes the secrets of their links. */
export async function dueMessages(db: Db, ...variantIds: string[]): Promise<Message[]> {
  const messages = await takeDueMail<Message>(db)
  return messages.filter(({ account }) => variantIds.includes(account?.variant_id ?? ''))
}

/** The secret of the latest message to this address. */
export async function secretFor(db: Db, email: string): Promise<string> {
  const messages = await takeDueMail<Message>(db)
  const token = messages.findLast(({ account }) => account?.to === email)?.account?.token
  if (!token) throw new Error(`no message to ${email}`)
  return token
}

export const emailOf = async (db: Db, userId: string | undefined) =>
  String((await db`select email from auth.users where id = ${userId ?? ''}`)[0]?.email)

/** A variant with one unit that is offered to an account, and the secret of the e-mail. */
export async function anOffer(tx: Tx, others = 0) {
  const shop = await stockedVariant(tx, 0)
  const [account, ...rest] = await joinWaitlist(tx, shop.variantId, 1 + others)
  await deliver(tx, shop.variantId, shop.locations[0], 1)
  return { ...shop, account, rest, secret: await secretFor(tx, await emailOf(tx, account)) }
}
