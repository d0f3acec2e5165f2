'use client'

import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import type { PublicSettings } from '@/lib/domain/core/settings'
import { createRealtimeClient } from './realtime-client'
import type { AccessToken } from './token'

/** Changes of a table, in portions that Realtime accepts as filters. */
export interface ChangesTopic {
  readonly table: string
  readonly columns: readonly string[]
  readonly filters: readonly string[]
}

/** Messages on private channels, from peers or the database; they are not stored. */
export interface BroadcastTopic {
  readonly channels: readonly string[]
}

export type Topic = ChangesTopic | BroadcastTopic

/**
 * The events of a topic: changes flow, on all its channels; a change of the table, or a message of a peer, on this socket
 * too; a channel is lost, which is the last event.
 */
export type ChannelListener = (event: 'flowing' | 'message' | 'lost', payload?: unknown) => void

export interface JoinedChannel {
  /** Sends a message to its peers. */
  send(payload: object): void
  leave(): void
}

export interface Socket {
  join(topic: Topic, listener: ChannelListener): JoinedChannel
  /** Gives up a socket that may be hanging: every channel on it is lost, the next join opens a new one. */
  drop(): void
}

/** A channel and who is on it. */
interface Group {
  readonly channel: RealtimeChannel
  readonly members: Set<ChannelListener>
  isFlowing: boolean
  /** Tells all members, unless it has ended. That it is lost ends it, and the last one ends the socket. */
  readonly emit: ChannelListener
}

/**
 * Realtime as the live layer needs it: channels that end are not revived but lost, and a socket that fails takes
 * all its channels with it. A subscriber that still needs one joins again, with a new channel object and a current token.
 * Changes have a channel for each subscriber; a channel of messages is shared.
 */
export function createSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const groups = new Map<string, Group>()
  let client: RealtimeClient | null = null
  let joins = 0

  function drop(): void {
    const lost = [...groups.values()]
    void client?.disconnect()
    client = null
    for (const { emit } of lost) emit('lost')
  }

  function enter(name: string, topic: Topic): Group {
    client ??= createRealtimeClient(settings, accessToken)
    const joined = client
    const isBroadcast = 'channels' in topic
    const channel = joined.channel(name, {
      config: { private: isBroadcast, broadcast: { self: isBroadcast } },
    })
    const group: Group = { channel, members: new Set(), isFlowing: false, emit }
    groups.set(name, group)
    subscribe(channel, topic, emit)

    function emit(...[event, payload]: Parameters<ChannelListener>): void {
      if (groups.get(name) !== group) return
      const members = [...group.members]
      if (event !== 'message') group.isFlowing = event === 'flowing'
      if (event === 'lost') {
        groups.delete(name)
        group.members.clear()
        void client?.removeChannel(channel)
        if (groups.size === 0) drop()
      }
      for (const listener of members) listener(event, payload)
    }

    // Asked here first: the client would join without a token, as nobody, if asking failed.
    accessToken()
      .then(() => joined.setAuth())
      .then(() => {
        if (groups.get(name) !== group) return
        channel.subscribe((status) => {
          if (status === 'SUBSCRIBED') {
            if (isBroadcast) emit('flowing')
            return
          }
          // A channel that was left emits this too, and a socket that is still connecting is no fault.
          if (groups.get(name) === group && !joined.isConnected()) drop()
          else emit('lost')
        })
      })
      .catch(() => emit('lost'))
    return group
  }

  return {
    join(topic, listener) {
      joins += 1
      const names = 'channels' in topic ? topic.channels : [`${topic.table}:${joins}`]
      const joined = names.map((name) => groups.get(name) ?? enter(name, topic))
      const isFlowing = () => joined.every((group) => group.isFlowing)
      const member: ChannelListener = (event, payload) => {
        if (event === 'lost') leave()
        if (event !== 'flowing' || isFlowing()) listener(event, payload)
      }
      function leave(): void {
        for (const group of joined) {
          if (group.members.delete(member) && group.members.size === 0) group.emit('lost')
        }
      }
      for (const group of joined) group.members.add(member)
      if (isFlowing()) listener('flowing')
      return {
        send(payload) {
          for (const { channel } of joined) {
            if (isFlowing()) void channel.send({ type: 'broadcast', event: 'message', payload })
          }
        },
        leave,
      }
    },
    drop,
  }
}

function subscribe(channel: RealtimeChannel, topic: Topic, emit: ChannelListener): void {
  channel.on('system', {}, ({ extension, status }: { extension: unknown; status: unknown }) => {
    if (extension === 'postgres_changes' && status === 'ok') emit('flowing')
    else if (status === 'error') emit('lost')
  })
  if ('channels' in topic) {
    channel.on('broadcast', { event: '*' }, ({ payload }) => emit('message', payload))
    return
  }
  const { table, columns, filters } = topic
  for (const filter of filters) {
    channel.on(
      'postgres_changes',
      { event: '*', schema: 'public', table, select: [...columns], filter },
      (change) => emit('message', change),
    )
  }
}
