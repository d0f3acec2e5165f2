import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#realtime/database'
import type { Faults } from '#realtime/faults'
import { whenVisible } from '#realtime/wal/commit-visibility'
import type { RowChange } from '#realtime/wal/wal-text'
import type { Broadcast } from './broadcast'
import type { Rooms } from './rooms'

const stallMs = 20

/** Passes rows of realtime.messages on to their rooms, in commit order. */
export class StoredMessages {
  private readonly database: Database
  private readonly rooms: Rooms
  private readonly payloadBytes: number
  private readonly faults: Faults
  private before: Promise<void> = Promise.resolve()
  private seen: number | undefined

  constructor(database: Database, rooms: Rooms, payloadBytes: number, faults: Faults) {
    this.database = database
    this.rooms = rooms
    this.payloadBytes = payloadBytes
    this.faults = faults
  }

  /** Says it once the transaction can be seen: who is told may look at once. */
  readonly relay = (row: RowChange, transaction: number): void => {
    this.before = this.before
      .then(() => this.untilSeen(transaction))
      // Postgres went away, but it had committed.
      .catch(() => undefined)
      .then(() => this.say(row))
  }

  private async untilSeen(transaction: number): Promise<void> {
    while (this.faults.stallsChanges) await sleep(stallMs)
    if (transaction !== this.seen) await whenVisible(this.database, [transaction])
    this.seen = transaction
  }

  /** A row without topic, event or payload goes nowhere, nor does one that is too large. */
  private say({ row }: RowChange): void {
    const topic = row?.get('topic')
    const isPrivate = row?.get('private')
    const broadcast =
      row && toBroadcast(row.get('id'), row.get('event'), row.get('payload'), row.get('binary_payload'))
    if (!broadcast || !topic || !isPrivate || broadcast.push.body.length > this.payloadBytes) return
    this.rooms.broadcast(topic, isPrivate === 'true', broadcast)
  }
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
