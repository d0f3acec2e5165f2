import type { Database } from '#realtime/database'
import { isObject } from '#realtime/protocol/wire'
import type { Broadcast } from './broadcast'
import { toBroadcast } from './messages'

const mostReplayed = 25

export type ReplayRequest = { since: number; limit: number }

/** Reads `{since, limit?}`; null when it makes no sense. */
export function readReplay(replay: unknown): ReplayRequest | null {
  if (!isObject(replay) || !Number.isSafeInteger(replay.since)) return null
  const { since, limit = mostReplayed } = replay
  if (typeof since !== 'number' || typeof limit !== 'number' || !Number.isSafeInteger(limit)) return null
  return { since, limit: Math.min(Math.max(limit, 1), mostReplayed) }
}

/** The latest private messages of a topic since then, oldest first. Those of one transaction keep their order. */
export async function findReplayed(
  database: Database,
  topic: string,
  { since, limit }: ReplayRequest,
): Promise<(Broadcast & { form: 'body' })[]> {
  type Row = { id: string; event: string | null; payload: string | null; bytes: string | null }
  const { rows } = await database.query<Row>(
    `select id, event, payload::text as payload, binary_payload::text as bytes
     from realtime.messages
     where topic = $1 and private and extension = 'broadcast'
       and inserted_at >= to_timestamp($2::double precision / 1000) at time zone 'utc'
     order by inserted_at desc, ctid desc
     limit $3`,
    [topic, since, limit],
  )
  return rows.reverse().flatMap(({ id, event, payload, bytes }) => {
    const broadcast = toBroadcast(id, event, payload, bytes)
    return broadcast ? [{ ...broadcast, meta: { id, replayed: true } }] : []
  })
}
