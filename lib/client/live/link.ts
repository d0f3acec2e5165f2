'use client'

import type { LiveSource } from '@/lib/domain/live/query'
import { parseRows, readRequests } from '@/lib/domain/live/rest'
import type { PublicSettings } from '@/lib/domain/settings'
import type { Socket } from './socket'
import { type AccessToken, keepToken } from './token'

/** The ways to a Supabase: reading rows or an answer now, and hearing of changes. */
export interface Link {
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<Row[]>
  /** Calls a function that only reads. The answer is as it came: parse it. */
  ask(name: string, input: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>
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

  const ask: Link['ask'] = async (name, input, signal) => {
    const token = await accessToken()
    const response = await fetch(`${settings.supabaseUrl}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: settings.publishableKey,
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(input),
      cache: 'no-store',
      ...(signal && { signal }),
    })
    if (!response.ok) throw new Error(`${name}: the database answered ${response.status}`)
    return response.json()
  }

  return {
    ask,

    async read(source, values, signal, limit) {
      if (source.ask) return source.ask(values, ask)
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
