import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { sessionOptions } from '#realtime/database'

type StreamEvents = {
  /** One line of the decoding plugin. `position` orders lines and is handed back to `acknowledge`. */
  line: (text: string, bytes: number, position: bigint) => void
  /** A slot exists: everything committed from now on will come. */
  live: () => void
  /** The stream broke; what was pending is gone with its slot. */
  lost: () => void
}

/** pg keeps its protocol connection to itself, but it is how a replication stream is read. */
type WireConnection = {
  on(event: 'copyData', listener: (message: { chunk: Buffer }) => void): void
  sendCopyFromChunk(chunk: Buffer): void
  stream: Socket
}

const statusEveryMs = 5_000
const longestPauseMs = 2_000
const goodbyeMs = 5_000
/** The message by which a client ends its session. */
const terminate = Buffer.from([0x58, 0, 0, 0, 4])
/** 2000-01-01 in microseconds since 1970: where the clock of Postgres begins. */
const postgresEpochInUs = 946_684_800_000_000n

/**
 * One connection that streams every committed row change from a temporary slot, and opens a new one when it breaks. The
 * slot lives and dies with the connection, so nothing is left behind.
 */
export class Replication {
  isLive = false
  private readonly databaseUrl: string
  private readonly events: StreamEvents
  private client: pg.Client | null = null
  private connection: WireConnection | null = null
  private lastLine = 0n
  private acknowledged = 0n
  private stopped = true
  private heldUntil = 0
  private timer: NodeJS.Timeout | undefined
  private refuseStart: ((error: unknown) => void) | undefined
  private readonly waiting = new Set<() => void>()

  constructor(databaseUrl: string, events: StreamEvents) {
    this.databaseUrl = databaseUrl
    this.events = events
  }

  /** Resolves when the first slot exists; rejects with what Postgres says when it cannot be made. */
  async start(): Promise<void> {
    this.stopped = false
    this.timer = setInterval(() => this.sendStatus(), statusEveryMs)
    const refused = new Promise<never>((_resolve, reject) => {
      this.refuseStart = reject
    })
    void this.keepStreaming()
    await Promise.race([this.whenLive(), refused])
    this.refuseStart = undefined
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.close()
  }

  /** Ends the stream; the next one begins `forMs` later. */
  async lose(forMs: number): Promise<void> {
    this.heldUntil = Date.now() + forMs
    await this.close()
  }

  async whenLive(): Promise<void> {
    while (!this.isLive && !this.stopped) await new Promise<void>((resolve) => this.waiting.add(resolve))
  }

  /** Tells Postgres that everything up to `position` has been dealt with, so that its WAL can go. */
  acknowledge(position: bigint): void {
    if (position > this.acknowledged) this.acknowledged = position
  }

  pause(): void {
    this.connection?.stream.pause()
  }

  resume(): void {
    this.connection?.stream.resume()
  }

  private async keepStreaming(): Promise<void> {
    for (let pauseMs = 50; !this.stopped; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const held = this.heldUntil - Date.now()
      if (held > 0) await sleep(held)
      const failure = await this.stream()
      if (!failure) pauseMs = 50
      else if (this.refuseStart) this.refuseStart(failure)
      else if (!this.stopped) console.warn(`realtime: no replication, trying again: ${failure.message}`)
      if (!this.stopped) await sleep(pauseMs)
    }
    this.wake()
  }

  /** Streams until the connection ends; gives back why it never began. */
  private async stream(): Promise<Error | null> {
    const config: pg.ClientConfig & { replication: string } = {
      connectionString: this.databaseUrl,
      options: sessionOptions,
      application_name: 'realtime replication',
      replication: 'database',
    }
    const client = new pg.Client(config)
    this.client = client
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    try {
      await client.connect()
      await this.begin(client)
      await ended
      return null
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    } finally {
      const wasLive = this.isLive
      this.isLive = false
      this.connection = null
      this.client = null
      await client.end().catch(() => undefined)
      if (wasLive) this.events.lost()
    }
  }

  private async begin(client: pg.Client): Promise<void> {
    const slot = `supabase_realtime_replication_slot_${randomBytes(4).toString('hex')}`
    await client.query(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL test_decoding (SNAPSHOT 'nothing')`)
    if (this.stopped) throw new Error('stopped while connecting')
    const connection = (client as unknown as { connection: WireConnection }).connection
    this.lastLine = 0n
    this.acknowledged = 0n
    connection.on('copyData', ({ chunk }) => this.read(chunk))
    this.connection = connection
    client
      .query(
        `START_REPLICATION SLOT ${slot} LOGICAL 0/0 ("include-xids" 'on', "include-timestamp" 'on', "skip-empty-xacts" 'on')`,
      )
      .catch(() => client.end())
      .catch(() => undefined)
    this.isLive = true
    this.wake()
    this.events.live()
  }

  private read(chunk: Buffer): void {
    const isKeepalive = chunk[0] === 0x6b
    if (isKeepalive) {
      if (this.acknowledged >= this.lastLine) this.acknowledge(chunk.readBigUInt64BE(1))
      if (chunk[17] === 1) this.sendStatus()
      return
    }
    const position = chunk.readBigUInt64BE(1)
    if (position > this.lastLine) this.lastLine = position
    this.events.line(chunk.toString('utf8', 25), chunk.length - 25, position)
  }

  private sendStatus(): void {
    if (!this.connection) return
    const status = Buffer.alloc(34)
    status[0] = 0x72
    for (const at of [1, 9, 17]) status.writeBigUInt64BE(this.acknowledged, at)
    status.writeBigUInt64BE(BigInt(Date.now()) * 1000n - postgresEpochInUs, 25)
    this.connection.sendCopyFromChunk(status)
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }

  private async close(): Promise<void> {
    const { client, connection } = this
    if (!client || !connection) return client?.end().catch(() => undefined)
    // Asked politely, Postgres drops the slot before it hangs up. It may also be unable to answer.
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
    connection.stream.end(terminate)
    const timer = setTimeout(() => connection.stream.destroy(), goodbyeMs)
    await ended
    clearTimeout(timer)
  }
}
