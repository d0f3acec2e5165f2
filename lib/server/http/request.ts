import 'server-only'
import { headers } from 'next/headers'

/** Set by proxy.ts on every request, whatever the client sent under this name: the path and query asked for. */
export const askedPathHeader = 'x-onhand-asked-path'

/** The path and query of the page being rendered, to come back to after signing in. */
export async function askedPath(): Promise<string> {
  return (await headers()).get(askedPathHeader) ?? '/'
}

/** Whether the visitor came over HTTPS, also when a proxy in front speaks plain HTTP to us. */
export function cameOverHttps(requestHeaders: Headers, protocol?: string): boolean {
  return (
    (requestHeaders.get('x-forwarded-proto') ?? protocol ?? '').split(',')[0]?.replace(':', '').trim() ===
    'https'
  )
}
