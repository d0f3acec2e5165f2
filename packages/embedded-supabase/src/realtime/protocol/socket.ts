import type { RawData, WebSocket } from 'ws'
import type { Channel } from '#realtime/channels/channel'
import type { ServerContext } from '#realtime/server-context'
import type { Handshake } from './handshake'
import { join } from './join'
import { decode, encode, type Frame, type Incoming, type Version } from './wire'

const realJoinRefusalDelayMs = 5_000
const mostUnread = 256
const closeGraceMs = 1_000
const tooSlow = { code: 1013, reason: 'too slow: unread messages exceed the limit' }

/** One client: reads its frames in order, keeps its channels, and writes no faster than it reads. */
export class ClientSocket {
  readonly version: Version
  readonly headers: Record<string, string>
  readonly handshakeToken: string
  private readonly context: ServerContext
  private readonly ws: WebSocket
  private readonly channels = new Map<string, Channel>()
  private readonly unread: Incoming[] = []
  private readonly idle: NodeJS.Timeout
  private readonly emptyCheck: NodeJS.Timeout
  private isReading = false
  private isClosed = false

  constructor(context: ServerContext, ws: WebSocket, handshake: Handshake) {
    this.context = context
    this.ws = ws
    this.version = handshake.version
    this.headers = handshake.headers
    this.handshakeToken = handshake.token
    this.emptyCheck = setInterval(() => this.cutIfEmpty(), context.limits.emptyMs)
    this.idle = setTimeout(() => this.close(1000, ''), context.limits.idleMs)
    ws.on('message', (data, isBinary) => this.receive(toBuffer(data), isBinary))
    ws.on('ping', () => this.idle.refresh())
    ws.on('pong', () => this.idle.refresh())
    ws.on('close', () => this.clear())
    // Errors that ws reports here also close the socket.
    ws.on('error', () => undefined)
  }

  get channelCount(): number {
    return this.channels.size
  }

  readonly send = (topic: string, event: string, frame: Frame): void => {
    this.context.faults.pass({ topic, event }, () => this.write(frame))
  }

  readonly forget = (channel: Channel): void => {
    if (this.channels.get(channel.topic) === channel) this.channels.delete(channel.topic)
  }

  /** Ends the socket as a deployment does: every channel is told first. */
  disconnect(): void {
    for (const channel of this.channels.values()) channel.sayDisconnecting()
    this.close(1012, '')
  }

  /** The clock of the tokens was moved. */
  recheckTokens(): void {
    for (const channel of this.channels.values()) channel.watchExpiry()
  }

  /** Cuts the connection without a close frame. */
  cut(): void {
    this.ws.terminate()
  }

  private write({ data, isBinary }: Frame): void {
    if (this.isClosed) return
    const isTooSlow = this.ws.bufferedAmount > this.context.limits.unsentBytes
    if (isTooSlow) this.close(tooSlow.code, tooSlow.reason)
    else this.ws.send(data, { binary: isBinary })
  }

  private close(code: number, reason: string): void {
    this.clear()
    this.ws.close(code, reason)
    setTimeout(() => this.ws.terminate(), closeGraceMs).unref()
  }

  private clear(): void {
    this.isClosed = true
    clearTimeout(this.idle)
    clearInterval(this.emptyCheck)
    this.unread.length = 0
    for (const channel of this.channels.values()) channel.end()
    this.channels.clear()
  }

  private cutIfEmpty(): void {
    if (this.channels.size === 0) this.cut()
  }

  private receive(data: Buffer, isBinary: boolean): void {
    this.idle.refresh()
    const message = decode(this.version, data, isBinary)
    if (!message || this.isClosed) return
    this.unread.push(message)
    if (this.unread.length > mostUnread) this.ws.pause()
    if (!this.isReading) void this.read()
  }

  /** One message at a time, as the server: what follows a join waits for its answer. */
  private async read(): Promise<void> {
    this.isReading = true
    for (let message = this.unread.shift(); message; message = this.unread.shift()) {
      try {
        await this.handle(message)
      } catch (error) {
        console.error(`realtime: ${message.event} on ${message.topic} failed`, error)
      }
      if (this.unread.length === 0) this.ws.resume()
    }
    this.isReading = false
  }

  private handle(message: Incoming): Promise<void> | void {
    const { topic, event, ref } = message
    if (topic === 'phoenix') return event === 'heartbeat' ? this.answer(message, 'ok', {}) : undefined
    if (event === 'phx_join' && topic.startsWith('realtime:')) return this.join(message)
    const channel = this.channels.get(topic)
    if (event === 'phx_leave') return this.leave(message, channel)
    if (!channel) return this.reply(null, ref, topic, 'error', { reason: 'unmatched topic' })
    return channel.handle(message)
  }

  private async join(message: Incoming): Promise<void> {
    const { topic, ref } = message
    const before = this.channels.get(topic)
    before?.end()
    this.channels.delete(topic)
    const outcome = await join(this.context, this, message)
    if (!outcome.ok) {
      await this.context.faults.beforeRefusal(realJoinRefusalDelayMs)
      this.answer(message, 'error', { reason: outcome.reason })
    } else if (this.isClosed) outcome.channel.end()
    else {
      this.channels.set(topic, outcome.channel)
      outcome.channel.reply(ref, 'ok', { postgres_changes: outcome.changes })
      outcome.begin()
    }
    before?.sayClosed()
    if (!outcome.ok && outcome.closesSocket) this.close(1001, '')
  }

  private leave(message: Incoming, channel: Channel | undefined): void {
    const { ref, topic } = message
    this.reply(channel?.joinRef ?? message.joinRef, ref, topic, 'ok', {})
    if (!channel) return
    channel.end()
    channel.sayClosed()
    this.forget(channel)
  }

  private answer({ joinRef, ref, topic }: Incoming, status: 'ok' | 'error', response: unknown): void {
    this.reply(joinRef, ref, topic, status, response)
  }

  private reply(
    joinRef: string | null,
    ref: string | null,
    topic: string,
    status: 'ok' | 'error',
    response: unknown,
  ): void {
    const payload = JSON.stringify({ status, response })
    this.send(topic, 'phx_reply', encode(this.version, { joinRef, ref, topic, event: 'phx_reply', payload }))
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
