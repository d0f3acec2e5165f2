'use client'

import { timeLimit } from '@/lib/client/hooks/time-limit'
import type { PublicSettings } from '@/lib/domain/core/settings'
import type { LiveSource } from '@/lib/domain/live/query'
import { headersOf, parseRows, readUrls } from '@/lib/domain/live/rest'
import { SignedOut } from '@/lib/domain/live/signed-out'
import type { JoinedChannel, Socket } from './socket'
import { type AccessToken, keepToken } from './token'

/** How a page reaches its Supabase: requests for rows and function results, and changes on its one socket. */
export interface Transport extends Socket {
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<Row[]>
  /** Calls a function that only reads. The response is not parsed. */
  callFunction(name: string, input: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>
}

/** @param readToken where the token of the signed-in person comes from; without it, nobody is. */
export function createTransport(settings: PublicSettings, readToken?: AccessToken): Transport {
  const accessToken = keepToken(readToken)
  let socket: Promise<Socket> | null = null

  async function request(what: string, url: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(url, { ...init, signal: timeLimit(init.signal), cache: 'no-store' })
    if (response.status === 401 && readToken) throw new SignedOut(what)
    if (!response.ok) throw new Error(`${what}: the database answered ${response.status}`)
    return response.json()
  }

  const callFunction: Transport['callFunction'] = async (name, input, signal) =>
    request(name, `${settings.supabaseUrl}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { ...headersOf(settings, await accessToken()), 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: signal ?? null,
    })

  return {
    callFunction,

    async read(source, values, signal, limit) {
      if (source.fetchRows) return source.fetchRows(values)
      const headers = headersOf(settings, await accessToken())
      const urls = readUrls(source, values, settings, limit)
      const portions = await Promise.all(urls.map((url) => request(source.table, url, { headers, signal })))
      return portions.flatMap((portion) => parseRows(source, portion))
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
}
