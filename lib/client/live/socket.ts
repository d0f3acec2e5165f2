'use client'

import { RealtimeClient } from '@supabase/realtime-js'
import { timing } from '@/lib/domain/live/feed'
import type { PublicSettings } from '@/lib/domain/settings'
import type { AccessToken } from './token'

/**
 * What a channel is joined for: changes of a table, in portions that Realtime accepts as filters; or what the database
 * says on a private channel of its own.
 */
export type Topic =
  | { readonly table: string; readonly columns: readonly string[]; readonly filters: readonly string[] }
  | { readonly told: string }

/** What a channel tells. After `lost` it tells nothing more. */
export interface Hearing {
  flowing(): void
  change(payload: unknown): void
  beat(): void
  lost(): void
}

export interface Socket {
  /** Joins a channel of its own; the returned function leaves it. */
  join(topic: Topic, hearing: Hearing): () => void
  /** Gives up a socket that may be hanging: every channel on it is lost, the next join opens a new one. */
  drop(): void
}

/**
 * Realtime as the live layer needs it: channels that end are not revived but lost, and a socket that fails takes
 * all its channels with it. Who still wants them joins again, with a new channel object and a current token.
 */
export function createSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const hearings = new Set<Hearing>()
  let client: RealtimeClient | null = null
  let beating: ReturnType<typeof setInterval> | undefined
  let joins = 0

  function open(): RealtimeClient {
    const opened = new RealtimeClient(`${settings.supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: settings.publishableKey },
      accessToken,
      heartbeatCallback(status) {
        if (opened === client && status === 'ok') for (const hearing of hearings) hearing.beat()
      },
    })
    // More often than the client would by itself, but never a second one before the first is answered, which it takes
    // for a dead socket: Realtime answers nothing while it works on a join. Silence is for the feeds to judge.
    beating = setInterval(() => {
      if (!opened.pendingHeartbeatRef) void opened.sendHeartbeat()
    }, timing.heartbeatMs)
    return opened
  }

  function close(): void {
    clearInterval(beating)
    void client?.disconnect()
    client = null
  }

  function drop(): void {
    close()
    for (const hearing of [...hearings]) hearing.lost()
  }

  function join(topic: Topic, hearing: Hearing): () => void {
    client ??= open()
    const joined = client
    joins += 1
    const channel =
      'told' in topic
        ? joined.channel(topic.told, { config: { private: true } })
        : joined.channel(`${topic.table}:${joins}`)
    hearings.add(hearing)

    const heard: Hearing = {
      flowing: () => hearings.has(hearing) && hearing.flowing(),
      change: (payload) => hearings.has(hearing) && hearing.change(payload),
      beat: () => hearings.has(hearing) && hearing.beat(),
      lost: () => hearings.has(hearing) && hearing.lost(),
    }
    if ('told' in topic) {
      channel.on('broadcast', { event: '*' }, heard.change)
    } else {
      for (const filter of topic.filters) {
        const { table, columns } = topic
        channel.on(
          'postgres_changes',
          { event: '*', schema: 'public', table, select: [...columns], ...(filter && { filter }) },
          heard.change,
        )
      }
    }
    channel.on('system', {}, ({ extension, status }: { extension: unknown; status: unknown }) => {
      if (extension === 'postgres_changes' && status === 'ok') heard.flowing()
      else if (status === 'error') heard.lost()
    })

    // Asked here first: the client would join without a token, as nobody, if asking failed.
    accessToken()
      .then(() => joined.setAuth())
      .then(() => {
        if (!hearings.has(hearing)) return
        channel.subscribe((status) => {
          // Changes of tables flow later, and the server says when; what is told flows from here on.
          if (status === 'SUBSCRIBED') return 'told' in topic ? heard.flowing() : undefined
          if (joined === client && !joined.isConnected()) drop()
          else heard.lost()
        })
      })
      .catch(heard.lost)

    return () => {
      if (!hearings.delete(hearing)) return
      void joined.removeChannel(channel)
      if (hearings.size === 0 && client === joined) close()
    }
  }

  return { join, drop }
}
