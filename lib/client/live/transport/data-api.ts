'use client'

import { timeLimit } from '@/lib/client/hooks/time-limit'
import type { PublicSettings } from '@/lib/domain/core/settings'
import type { LiveSource } from '@/lib/domain/live/query'
import { parseRows } from '@/lib/domain/live/rest'
import { SignedOut } from '@/lib/domain/live/signed-out'
import { headersOf, readUrls } from '@/lib/domain/live/table-reads'
import type { AccessToken } from './token'

/** Requests to the Data API, for what not every visitor may read. Pages without it load none of this. */
export interface DataApi {
  read<Row>(
    source: LiveSource<Row>,
    values: readonly string[],
    signal: AbortSignal | null,
    limit?: number,
  ): Promise<Row[]>
  /** Calls a function that only reads. The response is not parsed. */
  callFunction(name: string, input: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>
}

/** The Data API as the person with this token may use it. Rejects with `SignedOut` where the token is refused. */
export function openDataApi(settings: PublicSettings, accessToken: AccessToken): DataApi {
  async function request(what: string, url: string, init: RequestInit): Promise<unknown> {
    const token = await accessToken()
    const headers = { ...headersOf(settings, token), ...init.headers }
    const response = await fetch(url, {
      ...init,
      headers,
      signal: timeLimit(init.signal),
      cache: 'no-store',
    })
    if (response.status === 401 && token !== null) throw new SignedOut(what)
    if (!response.ok) throw new Error(`${what}: the database answered ${response.status}`)
    return response.json()
  }

  return {
    async read(source, values, signal, limit) {
      const urls = readUrls(source, values, settings, limit)
      const portions = await Promise.all(urls.map((url) => request(source.table, url, { signal })))
      return portions.flatMap((portion) => parseRows(source, portion))
    },

    callFunction: (name, input, signal) =>
      request(name, `${settings.supabaseUrl}/rest/v1/rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
        signal: signal ?? null,
      }),
  }
}
