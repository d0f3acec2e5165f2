'use client'

import { timeLimit } from '@/lib/client/hooks/time-limit'
import type { PublicSettings } from '@/lib/domain/core/settings'
import type { LiveSource } from '@/lib/domain/live/query'
import { headersOf, parseRows, readUrls } from '@/lib/domain/live/rest'
import { SignedOut } from '@/lib/domain/live/signed-out'
import type { Joined, Socket } from './socket'
import { type AccessToken, keepToken } from './token'

/** The ways to a Supabase: reading rows or an answer now, and hearing of changes on the one socket of this page. */
export interface Link extends Socket {
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<Row[]>
  /** Calls a function that only reads. The answer is as it came: parse it. */
  ask(name: string, input: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>
}

/** @param askToken where the token of the signed-in person comes from; without it, nobody is. */
export function createLink(settings: PublicSettings, askToken?: AccessToken): Link {
  const accessToken = keepToken(askToken)
  let socket: Promise<Socket> | null = null

  async function answer(what: string, url: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(url, { ...init, signal: timeLimit(init.signal), cache: 'no-store' })
    if (response.status === 401 && askToken) throw new SignedOut(what)
    if (!response.ok) throw new Error(`${what}: the database answered ${response.status}`)
    return response.json()
  }

  const ask: Link['ask'] = async (name, input, signal) =>
    answer(name, `${settings.supabaseUrl}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { ...headersOf(settings, await accessToken()), 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: signal ?? null,
    })

  return {
    ask,

    async read(source, values, signal, limit) {
      if (source.ask) return source.ask(values)
      const headers = headersOf(settings, await accessToken())
      const urls = readUrls(source, values, settings, limit)
      const portions = await Promise.all(urls.map((url) => answer(source.table, url, { headers, signal })))
      return portions.flatMap((portion) => parseRows(source, portion))
    },

    join(topic, hear) {
      let joined: Joined | null = null
      let hasLeft = false
      // Its code is loaded when it is first needed, after the page is painted.
      socket ??= import('./shared-socket').then(({ openSocket }) => openSocket(settings, accessToken))
      socket.then(
        (opened) => {
          if (!hasLeft) joined = opened.join(topic, (...told) => hasLeft || hear(...told))
        },
        () => {
          socket = null
          if (!hasLeft) hear('lost')
        },
      )
      return {
        say: (payload) => joined?.say(payload),
        leave() {
          hasLeft = true
          joined?.leave()
        },
      }
    },

    drop: () => void socket?.then((opened) => opened.drop()),
  }
}
