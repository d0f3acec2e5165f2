import type { Broadcast } from './broadcast'
import type { Database } from './database'
import type { Rooms } from './rooms'
import type { RowChange } from './wal-text'

const daysAhead = 3
const daysKept = 3
const renewEveryMs = 4 * 3_600_000

/** Passes a row of realtime.messages on to its room; one without topic, event or payload goes nowhere. */
export function broadcastRow(rooms: Rooms, { row }: RowChange, payloadBytes: number): void {
  const topic = row?.get('topic')
  const broadcast =
    row && toBroadcast(row.get('id'), row.get('event'), row.get('payload'), row.get('binary_payload'))
  const isPrivate = row?.get('private')
  if (!broadcast || !topic || !isPrivate || broadcast.push.body.length > payloadBytes) return
  rooms.broadcast(topic, isPrivate === 'true', broadcast)
}

type BodyBroadcast = Broadcast & { form: 'body' }
type Text = string | null | undefined

/** A stored message as it is sent; `payload` is JSON text, `bytes` hex as Postgres writes bytea. */
export function toBroadcast(id: Text, event: Text, payload: Text, bytes: Text): BodyBroadcast | null {
  if (!id || typeof event !== 'string') return null
  const meta = { id }
  if (typeof payload === 'string') {
    return { form: 'body', push: { event, isJson: true, body: Buffer.from(payload) }, meta }
  }
  if (typeof bytes !== 'string') return null
  return {
    form: 'body',
    push: { event, isJson: false, body: Buffer.from(bytes.slice('\\x'.length), 'hex') },
    meta,
  }
}

/** Keeps a partition of realtime.messages ready for each day, and drops the old ones. Returns how to stop. */
export async function keepPartitions(database: Database): Promise<() => void> {
  await renewPartitions(database)
  const timer = setInterval(() => {
    renewPartitions(database).catch((error: unknown) =>
      console.error('realtime: partitions not renewed', error),
    )
  }, renewEveryMs)
  return () => clearInterval(timer)
}

async function renewPartitions(database: Database): Promise<void> {
  await database.query(`do $$
    declare
      v_day date;
      v_old regclass;
    begin
      for offset_days in -1 .. ${daysAhead} loop
        v_day := current_date + offset_days;
        execute format(
          'create table if not exists realtime.%I partition of realtime.messages for values from (%L) to (%L)',
          'messages_' || to_char(v_day, 'YYYY_MM_DD'), v_day, v_day + 1
        );
      end loop;
      for v_old in
        select inhrelid::regclass from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'realtime.messages'::regclass
          and relname ~ '^messages_\\d{4}_\\d{2}_\\d{2}$'
          and to_date(right(relname, 10), 'YYYY_MM_DD') < current_date - ${daysKept}
      loop
        execute format('drop table %s', v_old);
      end loop;
    end
  $$`)
}
