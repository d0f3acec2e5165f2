import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { type Database, inTransactionRolledBack, isDatabaseError } from '#realtime/database'
import type { Claims } from '#realtime/protocol/token'

export type Extension = 'broadcast' | 'presence'

export type Grants = Record<Extension, boolean>

/** Whose rights are asked for, and where. */
export type Asker = { subTopic: string; claims: Claims; headers: Record<string, string> }

/** The table has no partition for today; the server makes them, so it was dropped by hand. */
export class MissingPartitionError extends Error {}

/** The rows that the policies of realtime.messages let this caller read. A policy that raises grants nothing. */
export async function readGrants(database: Database, asker: Asker, withPresence: boolean): Promise<Grants> {
  const probes = new Map<string, Extension>([[randomUUID(), 'broadcast']])
  if (withPresence) probes.set(randomUUID(), 'presence')
  return inTransactionRolledBack(database, async (client) => {
    await insertProbes(client, asker, probes)
    try {
      await become(client, asker)
      const { rows } = await client.query<{ id: string }>(
        'select id from realtime.messages where id = any($1)',
        [[...probes.keys()]],
      )
      const seen = new Set(rows.map(({ id }) => probes.get(id)))
      return { broadcast: seen.has('broadcast'), presence: seen.has('presence') }
    } catch (error) {
      if (isDatabaseError(error)) return { broadcast: false, presence: false }
      throw error
    }
  })
}

/** Whether the policies let this asker send. Throws what Postgres says when a policy fails technically. */
export async function mayWrite(database: Database, asker: Asker, extension: Extension): Promise<boolean> {
  return inTransactionRolledBack(database, async (client) => {
    try {
      await become(client, asker)
      await client.query('insert into realtime.messages (topic, extension) values ($1, $2)', [
        asker.subTopic,
        extension,
      ])
      return true
    } catch (error) {
      if (isDatabaseError(error) && error.code === '42501') return false
      throw error
    }
  })
}

async function insertProbes(
  client: PoolClient,
  { subTopic }: Asker,
  probes: Map<string, Extension>,
): Promise<void> {
  try {
    await client.query(
      'insert into realtime.messages (id, topic, extension) select id, $1, extension from unnest($2::uuid[], $3::text[]) p(id, extension)',
      [subTopic, [...probes.keys()], [...probes.values()]],
    )
  } catch (error) {
    if (isDatabaseError(error) && error.code === '23514') throw new MissingPartitionError(error.message)
    throw error
  }
}

async function become(client: PoolClient, { subTopic, claims, headers }: Asker): Promise<void> {
  await client.query(
    `select set_config('realtime.topic', $1, true), set_config('request.jwt.claims', $2, true),
       set_config('request.jwt.claim.sub', $3, true), set_config('request.jwt.claim.role', $4, true),
       set_config('request.headers', $5, true), set_config('role', $4, true)`,
    [subTopic, JSON.stringify(claims), String(claims.sub ?? ''), claims.role, JSON.stringify(headers)],
  )
}
