'use client'

import type { ChannelListener, JoinedChannel } from '@/lib/client/live/transport/socket'
import {
  activePeers,
  afterMessage,
  type Peer,
  type Peers,
  type PresenceChannel,
  parseMessage,
  presenceTiming,
} from '@/lib/domain/live/presence-rules'
import { now } from './clock'
import { createEmitter } from './emitter'
import type { ClientContext, LiveResource } from './live-client'

/** Between two messages of one page, at least. */
const pauseMs = 1_000

/** A new peer is answered by each of the others within this time, spread by chance. */
const replyMs = 300

/** Between two tries to join. */
const retryMs = 3_000

/** One page on a presence channel. */
export interface Presence<State> extends LiveResource {
  /** The page is on the channel while there is a listener. */
  on(listener: () => void): () => void
  /** The other pages, in the order they came. */
  peers(): readonly Peer<State>[]
  /** Sets the state that the peers see of this page. */
  setState(state: State): void
}

/** Joins a presence channel while it has a listener and the page is visible. Nothing else depends on it. */
export function createPresence<State>(
  channel: PresenceChannel<State>,
  { transport, isVisible }: ClientContext,
): Presence<State> {
  const key = String(Math.random())
  const emitter = createEmitter()
  const nobody: Peers<State> = new Map()
  let known = nobody
  let peers: readonly Peer<State>[] = []
  let mine: State | null = null
  let joined: JoinedChannel | null = null
  let sentAt = -pauseMs
  /** The next step: a message, or another try to join. */
  let timer: ReturnType<typeof setTimeout> | undefined

  function joinOrLeave(): void {
    if (!isVisible() || emitter.isEmpty()) leave()
    else joined ??= transport.join({ channels: [`staff:${channel.name}`] }, onChannelEvent)
  }

  function leave(): void {
    clearTimeout(timer)
    joined?.send({ key, state: null })
    joined?.leave()
    joined = null
    show(nobody)
  }

  function onChannelEvent(...[event, payload]: Parameters<ChannelListener>): void {
    if (event === 'flowing') sendState()
    else if (event === 'message') onMessage(payload)
    else {
      leave()
      timer = setTimeout(joinOrLeave, retryMs)
    }
  }

  function onMessage(payload: unknown): void {
    const message = parseMessage(payload)
    if (!message || message.key === key) return
    const before = known.size
    show(afterMessage(known, channel, message, now()))
    // A new peer does not know this page yet.
    if (known.size > before) sendStateIn(Math.random() * replyMs)
  }

  /** Sends the state of this page now, and again after a while. */
  function sendState(): void {
    sentAt = now()
    joined?.send({ key, state: mine })
    show(activePeers(known, sentAt))
    sendStateIn(presenceTiming.heartbeatMs)
  }

  function sendStateIn(ms: number): void {
    if (!joined) return
    clearTimeout(timer)
    timer = setTimeout(sendState, Math.max(ms, sentAt + pauseMs - now()))
  }

  function show(next: Peers<State>): void {
    if (next === known) return
    known = next
    peers = [...known.values()]
    emitter.emit()
  }

  return {
    on(listener) {
      const off = emitter.on(listener)
      joinOrLeave()
      return () => {
        off()
        joinOrLeave()
      }
    },
    peers: () => peers,
    setState(state) {
      mine = state
      sendStateIn(0)
    },
    send: joinOrLeave,
  }
}
