'use client'

import { timeLimit } from '@/lib/client/hooks/time-limit'
import type { LiveSettings, PublicSettings } from '@/lib/domain/core/settings'
import type { LiveSource } from '@/lib/domain/live/query'
import { parseRows, sharedUrls } from '@/lib/domain/live/rest'
import type { DataApi } from './data-api'
import type { JoinedChannel, Socket } from './socket'
import { type AccessToken, keepToken } from './token'

/** How a page reaches its shop and its Supabase: requests for rows, and changes on its one socket. */
export interface Transport extends Socket {
  /** Rows, and how old they were in milliseconds when they were asked for. */
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<readonly [rows: Row[], ageMs: number]>
  /** Whether rows that the database broadcasts are to be followed so, as the shop last said. */
  isBroadcast: boolean
  /** Missing on a page that reads only what everybody may. */
  readonly dataApi: DataApi | undefined
}

/**
 * @param readToken where the token of the signed-in person comes from; without it, nobody is.
 * @param openDataApi for pages that read tables by the Data API.
 */
export function createTransport(
  settings: LiveSettings,
  readToken?: AccessToken,
  openDataApi?: (settings: PublicSettings, accessToken: AccessToken) => DataApi,
): Transport {
  const accessToken = keepToken(readToken)
  const dataApi = openDataApi?.(settings, accessToken)
  let socket: Promise<Socket> | null = null

  const transport: Transport = {
    dataApi,
    isBroadcast: settings.isStockBroadcast === true,

    async read(source, values, signal, limit) {
      if (source.fetchRows) return [await source.fetchRows(values), 0]
      if (source.sharedAt && !source.list) {
        return readShared(source, values, signal, (by) => {
          // Staff see several tables of one commit together: all of them come by Postgres Changes.
          transport.isBroadcast = !readToken && by === 'broadcast'
        })
      }
      if (!dataApi) throw new Error(`no Data API: ${source.table}`)
      return [await dataApi.read(source, values, signal, limit), 0]
    },

    join(topic, listener) {
      let joined: JoinedChannel | null = null
      let hasLeft = false
      // Its code is loaded when it is first needed, after the page is painted.
      socket ??= import('./shared-socket').then(({ openSocket }) => openSocket(settings, accessToken))
      socket.then(
        (opened) => {
          if (!hasLeft) joined = opened.join(topic, (...event) => hasLeft || listener(...event))
        },
        () => {
          socket = null
          if (!hasLeft) listener('lost')
        },
      )
      return {
        send: (payload) => joined?.send(payload),
        leave() {
          hasLeft = true
          joined?.leave()
        },
      }
    },

    drop: () => void socket?.then((opened) => opened.drop()),
  }
  return transport
}

/** Shared rows come from the shop. A browser that has them already learns that by ETag. */
async function readShared<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  signal: AbortSignal | null,
  learn: (by: string | null) => void,
): Promise<[rows: Row[], ageMs: number]> {
  let oldest = 0
  const portions = await Promise.all(
    sharedUrls(source, values).map(async (url) => {
      const response = await fetch(url, { cache: 'no-cache', signal: timeLimit(signal) })
      if (!response.ok) throw new Error(url)
      oldest = Math.max(oldest, ageOf(response))
      learn(response.headers.get('shelf-by'))
      return parseRows(source, await response.json())
    }),
  )
  return [portions.flat(), oldest]
}

/**
 * How old shared rows were when they were asked for, in milliseconds, at most: as the shop says, and as long as caches on the
 * way kept them, who count whole seconds. NaN where nobody says.
 */
function ageOf({ headers }: Response): number {
  const kept = headers.get('age')
  return Number(headers.get('shelf-age') ?? 'none') + (kept ? (Number(kept) + 1) * 1_000 : 0)
}
