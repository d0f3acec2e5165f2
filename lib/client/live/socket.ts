'use client'

import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import type { PublicSettings } from '@/lib/domain/settings'
import { createRealtimeClient } from './realtime-client'
import type { AccessToken } from './token'

/** Changes of a table, in portions that Realtime accepts as filters. */
export interface ChangesTopic {
  readonly table: string
  readonly columns: readonly string[]
  readonly filters: readonly string[]
}

/** What is said on a private channel, by people or by the database, and kept nowhere. */
export interface RoomTopic {
  readonly room: string
}

export type Topic = ChangesTopic | RoomTopic

/** What a channel tells. After `lost` it tells nothing more. */
export interface Hearing {
  flowing(): void
  /** A change of the table, or what was said in the room: by those on this socket too. */
  heard(payload: unknown): void
  lost(): void
}

export interface Joined {
  /** Says something in a room. */
  say(payload: object): void
  leave(): void
}

export interface Socket {
  join(topic: Topic, hearing: Hearing): Joined
  /** Gives up a socket that may be hanging: every channel on it is lost, the next join opens a new one. */
  drop(): void
}

/** A socket that answers nothing for two to three of these is taken for dead; what is shown does not wait for that. */
const heartbeatMs = 4_000
const mostUnanswered = 2

interface Group {
  readonly channel: RealtimeChannel
  readonly hearings: Set<Hearing>
  isFlowing: boolean
}

/**
 * Realtime as the live layer needs it: channels that end are not revived but lost, and a socket that fails takes
 * all its channels with it. Who still wants them joins again, with a new channel object and a current token.
 * Changes have a channel for each who joins; a room has one for all.
 */
export function createSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const groups = new Map<string, Group>()
  let client: RealtimeClient | null = null
  let beating: ReturnType<typeof setInterval> | undefined
  let unanswered = 0
  let joins = 0

  function open(): RealtimeClient {
    const opened = createRealtimeClient(settings, accessToken, (status) => {
      if (opened === client && status === 'ok') unanswered = 0
    })
    // More often than the client would by itself, but never a second one before the first is answered, which it takes
    // for a dead socket: Realtime answers nothing while it works on a join.
    unanswered = 0
    beating = setInterval(() => {
      unanswered += 1
      if (unanswered > mostUnanswered) drop()
      else if (!opened.pendingHeartbeatRef) void opened.sendHeartbeat()
    }, heartbeatMs)
    return opened
  }

  function close(): void {
    clearInterval(beating)
    void client?.disconnect()
    client = null
  }

  function drop(): void {
    const lost = [...groups.values()]
    groups.clear()
    close()
    for (const group of lost) tellLost(group)
  }

  function enter(name: string, topic: Topic): Group {
    client ??= open()
    const joined = client
    const options = 'room' in topic ? { config: { private: true, broadcast: { self: true } } } : undefined
    const group: Group = { channel: joined.channel(name, options), hearings: new Set(), isFlowing: false }
    groups.set(name, group)
    const lose = () => {
      leave(name, group)
      tellLost(group)
    }
    const flow = () => {
      group.isFlowing = true
      for (const hearing of group.hearings) hearing.flowing()
    }
    const hear = (payload: unknown) => {
      for (const hearing of group.hearings) hearing.heard(payload)
    }
    listen(group.channel, topic, { flow, hear, lose })

    // Asked here first: the client would join without a token, as nobody, if asking failed.
    accessToken()
      .then(() => joined.setAuth())
      .then(() => {
        if (groups.get(name) !== group) return
        group.channel.subscribe((status) => {
          if (status !== 'SUBSCRIBED') {
            if (joined === client && !joined.isConnected()) drop()
            else lose()
          } else if ('room' in topic) flow()
        })
      })
      .catch(lose)
    return group
  }

  function leave(name: string, group: Group): void {
    if (groups.get(name) !== group) return
    groups.delete(name)
    void client?.removeChannel(group.channel)
    if (groups.size === 0) close()
  }

  function join(topic: Topic, hearing: Hearing): Joined {
    joins += 1
    const name = 'room' in topic ? topic.room : `${topic.table}:${joins}`
    const group = groups.get(name) ?? enter(name, topic)
    group.hearings.add(hearing)
    if (group.isFlowing) hearing.flowing()
    return {
      say(payload) {
        if (group.isFlowing) void group.channel.send({ type: 'broadcast', event: 'word', payload })
      },
      leave() {
        group.hearings.delete(hearing)
        if (group.hearings.size === 0) leave(name, group)
      },
    }
  }

  return { join, drop }
}

function listen(
  channel: RealtimeChannel,
  topic: Topic,
  told: { flow(): void; hear(payload: unknown): void; lose(): void },
): void {
  channel.on('system', {}, ({ extension, status }: { extension: unknown; status: unknown }) => {
    if (extension === 'postgres_changes' && status === 'ok') told.flow()
    else if (status === 'error') told.lose()
  })
  if ('room' in topic) {
    channel.on('broadcast', { event: '*' }, ({ payload }) => told.hear(payload))
    return
  }
  const { table, columns, filters } = topic
  for (const filter of filters) {
    channel.on(
      'postgres_changes',
      { event: '*', schema: 'public', table, select: [...columns], filter },
      told.hear,
    )
  }
}

function tellLost(group: Group): void {
  group.isFlowing = false
  const told = [...group.hearings]
  group.hearings.clear()
  for (const hearing of told) hearing.lost()
}
