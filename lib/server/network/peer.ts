import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

// Next writes x-forwarded-for from the socket only when the client sent none, so the header does not prove who is
// connected. This passes the socket's address to the shop's code in a header that no client can forge: its value begins
// with a secret that this process generates.

const peerHeader = 'x-onhand-peer'
const mark = Symbol.for('onhand.peer')
// In `globalThis`, because Next bundles instrumentation.ts and pages apart.
const shared = globalThis as { [mark]?: string }

/** Writes the address of the request's socket into its headers, where `peerOf` finds it. */
export function namePeer({ headers, socket }: IncomingMessage): void {
  shared[mark] ??= randomUUID()
  headers[peerHeader] = `${shared[mark]} ${socket.remoteAddress ?? ''}`
}

/** The address of the socket a request came through; null where the host's server is none of ours. */
export function peerOf(headers: Headers): string | null {
  const [word, address] = (headers.get(peerHeader) ?? '').split(' ')
  return shared[mark] !== undefined && word === shared[mark] && address ? address : null
}
