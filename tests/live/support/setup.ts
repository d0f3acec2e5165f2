import { WebSocket } from 'ws'

// jsdom brings its own Event but leaves Node's WebSocket, which refuses it.
Object.assign(globalThis, { WebSocket })
