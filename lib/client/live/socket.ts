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

/**
 * What a channel tells: that changes flow; a change of the table, or what was said in the room, by those on this socket
 * too; that it is lost, and after that nothing more.
 */
export type Hear = (told: 'flowing' | 'heard' | 'lost', payload?: unknown) => void

export interface Joined {
  /** Says something in a room. */
  say(payload: object): void
  leave(): void
}

export interface Socket {
  join(topic: Topic, hear: Hear): Joined
  /** Gives up a socket that may be hanging: every channel on it is lost, the next join opens a new one. */
  drop(): void
}

/** A socket that answers nothing for two to three of these is taken for dead; what is shown does not wait for that. */
const heartbeatMs = 4_000
const mostUnanswered = 2

interface Group {
  readonly name: string
  readonly channel: RealtimeChannel
  readonly members: Set<Hear>
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
    for (const group of lost) tellAll(group, 'lost')
  }

  function enter(name: string, topic: Topic): Group {
    client ??= open()
    const joined = client
    const options = 'room' in topic ? { config: { private: true, broadcast: { self: true } } } : undefined
    const group: Group = {
      name,
      channel: joined.channel(name, options),
      members: new Set(),
      isFlowing: false,
    }
    groups.set(name, group)
    const lose = () => end(group)
    listen(group.channel, topic, (told, payload) =>
      told === 'lost' ? lose() : tellAll(group, told, payload),
    )

    // Asked here first: the client would join without a token, as nobody, if asking failed.
    accessToken()
      .then(() => joined.setAuth())
      .then(() => {
        if (groups.get(name) !== group) return
        group.channel.subscribe((status) => {
          // One that was left says so too, and that the socket is still connecting is no fault of it.
          if (groups.get(name) !== group) return
          if (status !== 'SUBSCRIBED') {
            if (joined.isConnected()) lose()
            else drop()
          } else if ('room' in topic) tellAll(group, 'flowing')
        })
      })
      .catch(lose)
    return group
  }

  /** Leaves a channel. Who is still a member has lost it. */
  function end(group: Group): void {
    if (groups.get(group.name) !== group) return
    groups.delete(group.name)
    void client?.removeChannel(group.channel)
    if (groups.size === 0) close()
    tellAll(group, 'lost')
  }

  return {
    join(topic, hear) {
      joins += 1
      const name = 'room' in topic ? topic.room : `${topic.table}:${joins}`
      const group = groups.get(name) ?? enter(name, topic)
      group.members.add(hear)
      if (group.isFlowing) hear('flowing')
      return {
        say(payload) {
          if (group.isFlowing) void group.channel.send({ type: 'broadcast', event: 'word', payload })
        },
        leave() {
          group.members.delete(hear)
          if (group.members.size === 0) end(group)
        },
      }
    },
    drop,
  }
}

function listen(channel: RealtimeChannel, topic: Topic, tell: Hear): void {
  const hear = (payload: unknown) => tell('heard', payload)
  channel.on('system', {}, ({ extension, status }: { extension: unknown; status: unknown }) => {
    if (extension === 'postgres_changes' && status === 'ok') tell('flowing')
    else if (status === 'error') tell('lost')
  })
  if ('room' in topic) {
    channel.on('broadcast', { event: '*' }, ({ payload }) => hear(payload))
    return
  }
  const { table, columns, filters } = topic
  for (const filter of filters) {
    channel.on(
      'postgres_changes',
      { event: '*', schema: 'public', table, select: [...columns], filter },
      hear,
    )
  }
}

function tellAll(group: Group, ...told: Parameters<Hear>): void {
  const members = [...group.members]
  if (told[0] !== 'heard') group.isFlowing = told[0] === 'flowing'
  if (told[0] === 'lost') group.members.clear()
  for (const hear of members) hear(...told)
}
