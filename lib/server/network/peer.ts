import { randomUUID } from 'node:crypto'
import { type IncomingMessage, Server } from 'node:http'

// Next writes x-forwarded-for from the socket only when the client sent none, so the header says nothing of who is
// connected. This names the socket's address to the shop's code in a header that no client can forge: its value begins
// with a word that this process made up.

const peerHeader = 'x-onhand-peer'
const mark = Symbol.for('onhand.peer')
const shared = globalThis as { [mark]?: string }

/** From now on every request to this process says which address its socket is connected to. */
export function namePeers(): void {
  if (shared[mark]) return
  const word = randomUUID()
  shared[mark] = word
  const emit = Server.prototype.emit
  Server.prototype.emit = function (event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'request') {
      const { headers, socket } = values[0] as IncomingMessage
      headers[peerHeader] = `${word} ${socket.remoteAddress ?? ''}`
    }
    return Reflect.apply(emit, this, [event, ...values]) as boolean
  }
}

/** The address of the socket a request came through; null where the host's server is none of ours. */
export function peerOf(headers: Headers): string | null {
  const [word, address] = (headers.get(peerHeader) ?? '').split(' ')
  return shared[mark] !== undefined && word === shared[mark] && address ? address : null
}
