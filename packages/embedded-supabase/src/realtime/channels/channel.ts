import { ChangeFeed } from '#realtime/changes/change-feed'
import type { Listener } from '#realtime/changes/subscriptions'
import type { JoinConfig } from '#realtime/protocol/join-config'
import type { SharedFrame } from '#realtime/protocol/shared-frame'
import { type Claims, expired, verifyToken } from '#realtime/protocol/token'
import { encode, type Frame, type Incoming, type Version } from '#realtime/protocol/wire'
import type { ServerContext } from '#realtime/server-context'
import type { Grants } from './authorization'
import { type Broadcast, broadcastBytes, broadcastFrame, verbatim } from './broadcast'
import { ChannelRights } from './channel-rights'
import { PresenceCalls, trackRequest } from './presence-calls'
import type { Occupant } from './rooms'

/** The interface that a channel needs of its socket. */
export type ChannelSocket = {
  version: Version
  headers: Record<string, string>
  send: (topic: string, event: string, frame: Frame) => void
  forget: (channel: Channel) => void
}

export type Joined = {
  topic: string
  joinRef: string | null
  config: JoinConfig
  token: string
  claims: Claims
}

const longestTimerMs = 5 * 60_000

/** One joined topic on one socket. */
export class Channel implements Occupant, Listener {
  readonly topic: string
  readonly joinRef: string | null
  private readonly version: Version
  private readonly subTopic: string
  private readonly context: ServerContext
  private readonly socket: ChannelSocket
  private readonly config: JoinConfig
  private readonly feed: ChangeFeed
  private readonly presenceCalls: PresenceCalls
  private token: string
  private claims: Claims
  private readonly rights: ChannelRights
  private expiry: NodeJS.Timeout | undefined
  private isOpen = true
  /** Stored messages already delivered, in case they arrive live too. */
  private readonly replayed = new Set<string>()
  /** Frames that came before the join was answered. */
  private held: (() => void)[] | null = []

  constructor(context: ServerContext, socket: ChannelSocket, joined: Joined, grants: Grants) {
    this.context = context
    this.socket = socket
    this.topic = joined.topic
    this.subTopic = joined.topic.slice('realtime:'.length)
    this.joinRef = joined.joinRef
    this.config = joined.config
    this.token = joined.token
    this.claims = joined.claims
    this.version = socket.version
    this.rights = new ChannelRights(
      context.database,
      { subTopic: this.subTopic, claims: joined.claims, headers: socket.headers },
      grants,
      joined.config.presence.isEnabled,
    )
    this.presenceCalls = new PresenceCalls(context.limits.presenceCallsPerChannel)
    this.feed = new ChangeFeed(context, this, joined.config.changes, (status, message) =>
      this.system('postgres_changes', status, message),
    )
    context.rooms.enter(this.subTopic, joined.config.isPrivate, this)
    this.watchExpiry()
  }

  get hearsBroadcasts(): boolean {
    return !this.config.isPrivate || this.rights.grants.broadcast
  }

  get hearsPresence(): boolean {
    return !this.config.isPrivate || this.rights.grants.presence
  }

  /** Everything that follows the answer to the join. */
  begin(replayed: readonly (Broadcast & { form: 'body' })[]): void {
    for (const broadcast of replayed) {
      if (broadcast.meta) this.replayed.add(broadcast.meta.id)
      const frame = broadcastFrame(broadcast, this.version, this.topic, this.joinRef)
      if (frame) this.socket.send(this.topic, 'broadcast', frame)
    }
    if (this.config.presence.isEnabled && this.hearsPresence) {
      this.push('presence_state', this.context.rooms.presenceState(this.subTopic, this.config.isPrivate))
    }
    const held = this.held ?? []
    this.held = null
    for (const send of held) send()
    if (this.config.wantsReplicationReady) void this.announceReplication()
    void this.feed.subscribe(this.claims)
  }

  async handle({ event, ref, payload, binary }: Incoming): Promise<void> {
    if (event === 'broadcast') {
      await this.broadcast(ref, binary ? { form: 'body', push: binary } : verbatim(payload))
    } else if (event === 'presence') await this.presence(ref, payload)
    else if (event === 'access_token') await this.refreshToken(payload)
  }

  send(event: string, frame: SharedFrame, messageId?: string): void {
    if (this.held) this.held.push(() => this.send(event, frame, messageId))
    else if (!messageId || !this.replayed.delete(messageId)) this.sendShared(event, frame)
  }

  deliverChange(frame: SharedFrame): void {
    if (this.isOpen) this.sendShared('postgres_changes', frame)
  }

  overrun(): void {
    this.fail('Too many messages per second')
  }

  reply(ref: string | null, status: 'ok' | 'error', response: unknown): void {
    this.push('phx_reply', JSON.stringify({ status, response }), ref)
  }

  /** Leaves room, presence and feed; nothing is said to the client. */
  end(): void {
    if (!this.isOpen) return
    this.isOpen = false
    clearTimeout(this.expiry)
    this.feed.stop()
    this.context.rooms.leave(this.subTopic, this.config.isPrivate, this, this.config.presence.key)
  }

  sayClosed(): void {
    this.push('phx_close', '{}', this.joinRef)
  }

  sayDisconnecting(): void {
    const payload = { extension: 'system', status: 'ok', message: 'Server requested disconnect' }
    this.push('system', JSON.stringify(payload))
  }

  private fail(message: string): void {
    if (!this.isOpen) return
    this.system('system', 'error', message)
    this.end()
    this.sayClosed()
    this.socket.forget(this)
  }

  private async broadcast(ref: string | null, broadcast: Broadcast): Promise<void> {
    const { limits, rates, rooms } = this.context
    if (rates.events.isExceeded()) return this.overrun()
    const { acknowledges, hearsItself, isPrivate } = this.config
    if (broadcastBytes(broadcast) > limits.payloadBytes) {
      if (acknowledges) this.reply(ref, 'error', 'payload_size_exceeded')
      return
    }
    if (isPrivate && !(await this.rights.maySend('broadcast'))) return
    rooms.broadcast(this.subTopic, isPrivate, broadcast, { occupant: this, hearsItself })
    if (acknowledges) this.reply(ref, 'ok', {})
  }

  private async presence(ref: string | null, payload: unknown): Promise<void> {
    const { limits, rates, rooms } = this.context
    if (!this.presenceCalls.take()) return this.fail('Client presence rate limit exceeded')
    rates.presence.count()
    if (rates.presence.isExceeded()) return this.fail('Too many presence messages per second')
    if (this.config.isPrivate && !(await this.rights.maySend('presence'))) return this.reply(ref, 'error', {})
    const request = trackRequest(payload)
    const { key } = this.config.presence
    if (request.event === 'untrack') rooms.untrack(this.subTopic, this.config.isPrivate, this, key)
    else if (request.event !== 'track') return this.reply(ref, 'error', request.response)
    else if (request.bytes > limits.payloadBytes) return this.fail('Track message size exceeded')
    else rooms.track(this.subTopic, this.config.isPrivate, this, key, request.payload)
    this.reply(ref, 'ok', {})
  }

  private async refreshToken(payload: unknown): Promise<void> {
    const token =
      payload && typeof payload === 'object' && 'access_token' in payload ? payload.access_token : null
    if (typeof token !== 'string' || token.startsWith('sb_') || token === this.token) return
    const verdict = verifyToken(token, this.context.jwtSecret, this.context.nowInS())
    if (!verdict.ok) {
      const { code, text } = verdict.fault
      return this.fail(code === 'JwtSignatureError' ? ':signature_error' : text)
    }
    this.token = token
    this.claims = verdict.claims
    this.watchExpiry()
    if (this.config.isPrivate && !(await this.keepsGrants())) return
    void this.feed.changeToken(this.claims)
  }

  private async keepsGrants(): Promise<boolean> {
    const loss = await this.rights.renew(this.claims)
    if (loss === 'all') {
      this.fail(`You do not have permissions to read from this Channel topic: ${this.subTopic}`)
    } else if (loss === 'some') {
      this.fail(`You no longer have permission to read from this Channel topic: ${this.subTopic}`)
    }
    return this.isOpen
  }

  /** Ends the channel when its token does. */
  watchExpiry(): void {
    clearTimeout(this.expiry)
    const leftS = this.claims.exp - this.context.nowInS()
    if (leftS <= 0) {
      this.fail(expired(Math.floor(-leftS)).fault.text)
      return
    }
    this.expiry = setTimeout(() => this.watchExpiry(), Math.min(leftS * 1000 + 1, longestTimerMs))
  }

  private async announceReplication(): Promise<void> {
    await this.context.replication.whenLive()
    if (this.isOpen) this.system('system', 'ok', 'Replication connection established')
  }

  private sendShared(event: string, shared: SharedFrame): void {
    const frame = shared.as(this.version)
    if (frame) this.socket.send(this.topic, event, frame)
  }

  private system(extension: string, status: 'ok' | 'error', message: string): void {
    this.push('system', JSON.stringify({ extension, status, message, channel: this.subTopic }))
  }

  private push(event: string, payload: string, ref: string | null = null): void {
    const { topic, joinRef } = this
    this.socket.send(topic, event, encode(this.version, { joinRef, ref, topic, event, payload }))
  }
}
