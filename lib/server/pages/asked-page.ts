import 'server-only'
import type { IncomingMessage } from 'node:http'
import { isUnbounded, publicAddress } from './public-address'

/** A request for a public page, reduced to what the page may depend on. */
export interface AskedPage {
  /** Names the page in the cache. */
  key: string
  /** Path and query. */
  address: string
  /** Whether Next's router asks for the page's data, for a link or before it is followed; else for HTML. */
  isData: boolean
  /** Whether the visitor's connection is HTTPS: it is part of the page's policy. */
  isHttps: boolean
  isUnbounded: boolean
}

/** The public page that a request is for; null for every other request. */
export function askedPage({ method, url = '', headers }: IncomingMessage): AskedPage | null {
  if (method !== 'GET' && method !== 'HEAD') return null
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return null
  // Parts of a page's data: our links ask for whole pages.
  if (headers['next-router-prefetch'] !== undefined || headers['next-router-segment-prefetch'] !== undefined)
    return null
  if (!url.startsWith('/') || url.length > 2_000) return null
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const address = publicAddress(path, new URLSearchParams(query))
  if (address === null) return null
  const isData = headers.rsc === '1'
  const isHttps = /^\s*https\s*(,|$)/.test(String(headers['x-forwarded-proto'] ?? ''))
  const key = `${isHttps ? 'https' : 'http'} ${isData ? 'data' : 'html'} ${address}`
  return { key, address, isData, isHttps, isUnbounded: isUnbounded(address) }
}
