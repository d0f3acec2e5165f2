import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#realtime/database'
import type { Faults } from '#realtime/faults'
import type { Limits, Rate } from '#realtime/limits'
import { SharedFrame } from '#realtime/protocol/shared-frame'
import { type RowChange, readLine } from '#realtime/wal/wal-text'
import { type CommittedChange, type Delivery, evaluate } from './change-evaluation'
import type { Listener, Subscriptions } from './subscriptions'

type Context = {
  database: Database
  faults: Faults
  limits: Limits
  events: Rate
  subscriptions: Subscriptions
  /** Rows of realtime.messages, in commit order. */
  onMessage: (message: RowChange, transaction: number) => void
  acknowledge: (position: bigint) => void
  /** Asks the stream to wait, or to go on. */
  hold: (isHeld: boolean) => void
}

type Queued = CommittedChange & { position: bigint }

const batchChanges = 500
const batchBytes = 4 * 1_048_576
/** Above this the stream waits; a transaction larger than this is passed on in parts. */
const queueBytes = 16 * 1_048_576
const retryPauseMs = 200
const longestRetryMs = 60_000
const pollMs = 500
const stallMs = 20

/** From lines of the WAL to frames: collects transactions, evaluates them in order, hands them out. */
export class Changes {
  private readonly around: Context
  private transactionId = 0
  private transaction: RowChange[] = []
  /** The commit time given to a transaction that is passed on in parts. */
  private partAt: string | null = null
  private queue: Queued[] = []
  private bytes = 0
  private isDraining = false
  private stopped = false

  constructor(around: Context) {
    this.around = around
  }

  readonly line = (text: string, bytes: number, position: bigint): void => {
    const line = readLine(text, bytes, this.wants)
    if (line.kind === 'begin') this.transactionId = line.transaction
    else if (line.kind === 'change') this.collect(line.change, position)
    else if (line.kind === 'commit') {
      this.passOn(this.partAt ?? line.at, position)
      this.partAt = null
    }
  }

  /** The stream broke: a transaction half read will not be finished. */
  readonly forgetTransaction = (): void => {
    for (const change of this.transaction) this.bytes -= change.bytes
    this.transaction = []
    this.partAt = null
  }

  stop(): void {
    this.stopped = true
    this.queue = []
    this.transaction = []
  }

  private readonly wants = (schema: string, table: string): boolean =>
    isMessages(schema, table) || this.around.subscriptions.covering(schema, table).length > 0

  private collect(change: RowChange, position: bigint): void {
    this.transaction.push(change)
    this.bytes += change.bytes
    if (this.bytes <= queueBytes) return
    // The commit time comes last. A transaction too large to wait for it gets the time its first part was read.
    this.partAt ??= new Date().toISOString()
    this.passOn(this.partAt, position)
  }

  private passOn(at: string, position: bigint): void {
    for (const change of this.transaction) {
      if (isMessages(change.schema, change.table)) {
        this.bytes -= change.bytes
        if (change.kind === 'INSERT') this.around.onMessage(change, this.transactionId)
      } else this.queue.push({ change, at, transaction: this.transactionId, position })
    }
    this.transaction = []
    if (this.queue.length === 0) this.around.acknowledge(position)
    if (this.bytes > queueBytes) this.around.hold(true)
    if (!this.isDraining && this.queue.length > 0) void this.drain()
  }

  private async drain(): Promise<void> {
    this.isDraining = true
    while (this.queue.length > 0 && !this.stopped) {
      const { faults } = this.around
      if (faults.realTiming) await sleep(Math.random() * pollMs)
      if (faults.stallsChanges) {
        await sleep(stallMs)
        continue
      }
      const batch = this.takeBatch()
      const deliveries = await this.evaluatePatiently(batch)
      for (const delivery of deliveries) this.deliver(delivery)
      const last = batch.at(-1)
      if (last) this.around.acknowledge(last.position)
      if (this.bytes <= queueBytes) this.around.hold(false)
    }
    this.isDraining = false
  }

  private takeBatch(): Queued[] {
    let bytes = 0
    const size = this.queue.findIndex(({ change }, index) => {
      bytes += change.bytes
      return index === batchChanges || (index > 0 && bytes > batchBytes)
    })
    const batch = this.queue.splice(0, size < 0 ? this.queue.length : size)
    for (const { change } of batch) this.bytes -= change.bytes
    return batch
  }

  /** Postgres may be restarting: what it has committed is still told afterwards. */
  private async evaluatePatiently(batch: readonly Queued[]): Promise<Delivery[]> {
    const { database, subscriptions, limits } = this.around
    const until = Date.now() + longestRetryMs
    while (!this.stopped) {
      try {
        return await evaluate(database, subscriptions, batch, limits.changeBytes)
      } catch (error) {
        if (Date.now() > until) {
          console.error(`realtime: ${batch.length} changes could not be evaluated and are lost`, error)
          break
        }
        await sleep(retryPauseMs)
      }
    }
    return []
  }

  private deliver(delivery: Delivery): void {
    const { events } = this.around
    const told = new Map<Listener, Told[]>()
    for (const { cohort, viewKey, data } of delivery) {
      for (const { listener, id } of cohort.members) {
        const own = told.get(listener)
        const same = own?.find((other) => other.viewKey === viewKey)
        if (same) same.ids.push(id)
        else if (own) own.push({ viewKey, data, ids: [id] })
        else told.set(listener, [{ viewKey, data, ids: [id] }])
      }
    }
    if (events.isExceeded()) return
    const shared = new SharedFrames()
    for (const [listener, own] of told) {
      events.count(own.length)
      for (const one of own) listener.deliverChange(shared.of(listener.topic, one))
    }
  }
}

/** One listener's view of a change, for some of its entries. */
type Told = { viewKey: string; data: string; ids: number[] }

/** Listeners of one topic that get the same ids of the same view share one frame, and so its bytes. */
class SharedFrames {
  private readonly frames = new Map<string, SharedFrame>()

  of(topic: string, { viewKey, data, ids }: Told): SharedFrame {
    const key = `${ids.join()} ${topic} ${viewKey}`
    let frame = this.frames.get(key)
    if (!frame) {
      frame = SharedFrame.text(topic, 'postgres_changes', `{"ids":[${ids.join()}],"data":${data}}`)
      this.frames.set(key, frame)
    }
    return frame
  }
}

function isMessages(schema: string, table: string): boolean {
  return schema === 'realtime' && table.startsWith('messages_')
}
