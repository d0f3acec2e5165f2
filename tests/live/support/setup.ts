import { WebSocket } from 'ws'

// jsdom brings its own Event but leaves Node's WebSocket, which refuses it.
Object.assign(globalThis, { WebSocket })

// Node's fetch knows no page. As in a browser, an address without a host is one of the page's own server.
const send = globalThis.fetch
globalThis.fetch = (input, init) =>
  send(typeof input === 'string' ? new URL(input, document.baseURI) : input, init)
