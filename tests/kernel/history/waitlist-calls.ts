import { createHash, createHmac } from 'node:crypto'
import type { Sql } from 'postgres'
import { ask, at, type Call } from './call'
import type { Intent } from './intents'
import type { World } from './world'

/** Carts of people who came by the waitlist: separate from those of the crowd, whose lines the checker follows. */
const cartOf = (entry: string) => createHash('sha256').update(`waitlist ${entry}`).digest('base64url')

/** A secret of the entry as an e-mail has one; the same for a repeated call. */
async function secretOf(sql: Sql, entry: string, key: string): Promise<string> {
  const secret = createHmac('sha256', key).update(entry).digest('base64url')
  // Locked: another connection may be deleting it.
  await sql`insert into private.waitlist_links (token_hash, entry_id)
    select private.token_hash(${secret}), id from private.waitlist where id = ${entry} for key share
    on conflict do nothing`
  return secret
}

/** Some entry of this world's lines in a state, named by a number. */
async function entryIn(sql: Sql, world: World, status: string, pick: number): Promise<string | undefined> {
  const rows = await sql`select id::text as id from private.waitlist
    where variant_id = any (string_to_array(${world.variants.join()}, ',')::uuid[]) and status::text = ${status} order by id limit 50`
  return rows.length > 0 ? String(at(rows, pick).id) : undefined
}

export const waitlistCalls = {
  join: (world: World, { variant, pick }: Intent): Call => {
    // Mostly the scarce one, which is sold out all the time.
    const variantId = at(world.variants, pick % 4 ? 1 : variant)
    const email = `waits-${pick}@${world.domain}`
    return {
      operation: 'join_waitlist',
      send: async (sql, key) => {
        const joined = await ask(sql`select public.join_waitlist(${variantId}, ${key}, ${email}) as answer`)
        if (joined === undefined) return undefined
        const [entry] = await sql`select id::text as id from private.waitlist
          where variant_id = ${variantId} and email = ${email} order by id desc limit 1`
        // A repeated call finds the entry gone when the person has left.
        if (entry) await sql`select public.confirm_waitlist(${await secretOf(sql, String(entry.id), key)})`
        return { joined: true }
      },
    }
  },
  'accept an offer': (world: World, { pick }: Intent): Call => ({
    operation: 'accept_offer',
    send: async (sql, key) => {
      // A repeated call is about the same entry, or about none.
      const known = world.accepts.get(key) ?? (await entryIn(sql, world, 'offered', pick)) ?? 'none'
      world.accepts.set(key, known)
      if (known === 'none') return { none: true }
      await sql`select public.accept_offer(${await secretOf(sql, known, key)}, ${key}, ${cartOf(known)})`
      return { accepted: true }
    },
  }),
  'leave a line': (world: World, { pick }: Intent): Call => ({
    operation: 'leave_waitlist',
    send: async (sql, key) => {
      const entry = await entryIn(sql, world, pick % 2 ? 'waiting' : 'offered', pick)
      if (entry) {
        const secret = await secretOf(sql, entry, key)
        // Another connection can have been faster.
        await sql`select public.leave_waitlist(${secret})`.catch((error: Error) => {
          if (error.message !== 'not_found') throw error
        })
      }
      return { left: true }
    },
  }),
}
