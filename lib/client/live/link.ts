'use client'

import type { LiveSource } from '@/lib/domain/live/query'
import { parseRows, readRequests } from '@/lib/domain/live/rest'
import type { PublicSettings } from '@/lib/domain/settings'
import type { Socket } from './socket'
import { type AccessToken, keepToken } from './token'

/** The two ways to a Supabase: reading rows now, and hearing of changes. */
export interface Link {
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<Row[]>
  /** The one socket of this page. Its code is loaded when first asked for, after the page is painted. */
  socket(): Promise<Socket>
}

/** @param askToken where the token of the signed-in person comes from; without it, nobody is. */
export function createLink(settings: PublicSettings, askToken?: AccessToken): Link {
  const accessToken = keepToken(askToken)
  let socket: Promise<Socket> | null = null

  async function load(): Promise<Socket> {
    const { openSocket } = await import('./shared-socket')
    return openSocket(settings, accessToken)
  }

  return {
    async read(source, values, signal, limit) {
      if (source.ask) return source.ask(values)
      const requests = readRequests(source, values, settings, await accessToken(), limit)
      const portions = await Promise.all(
        requests.map(async ({ url, headers }) => {
          const response = await fetch(url, { headers, signal, cache: 'no-store' })
          if (!response.ok) throw new Error(`${source.table}: the database answered ${response.status}`)
          return parseRows(source, await response.json())
        }),
      )
      return portions.flat()
    },

    socket() {
      socket ??= load().catch((cause: unknown) => {
        socket = null
        throw cause
      })
      return socket
    },
  }
}
